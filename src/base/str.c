/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Growing strings and string lists; see str.h. */
#include "base/str.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void str_reserve(struct str *str, size_t more)
{
    size_t needed = str->length + more + 1;
    size_t capacity = str->capacity ? str->capacity : 64;

    if (needed <= str->capacity)
        return;
    while (capacity < needed)
        capacity *= 2;
    str->text = xreallocarray(str->text, capacity, 1);
    str->capacity = capacity;
}

void str_release(struct str *str)
{
    free(str->text);
    *str = (struct str)STR_INIT;
}

void str_clear(struct str *str)
{
    str->length = 0;
    if (str->text)
        str->text[0] = '\0';
}

char *str_detach(struct str *str)
{
    char *text;

    str_reserve(str, 0);
    str->text[str->length] = '\0';
    text = str->text;
    *str = (struct str)STR_INIT;
    return text;
}

const char *str_text(const struct str *str)
{
    return str->text ? str->text : "";
}

void str_add_bytes(struct str *str, const void *bytes, size_t length)
{
    str_reserve(str, length);
    if (length)
        memcpy(str->text + str->length, bytes, length);
    str->length += length;
    str->text[str->length] = '\0';
}

void str_add(struct str *str, const char *text)
{
    str_add_bytes(str, text, strlen(text));
}

void str_add_char(struct str *str, char character)
{
    str_add_bytes(str, &character, 1);
}

void str_add_repeat(struct str *str, char character, size_t count)
{
    str_reserve(str, count);
    memset(str->text + str->length, character, count);
    str->length += count;
    str->text[str->length] = '\0';
}

void str_vaddf(struct str *str, const char *format, va_list args)
{
    auto_free char *text = xvasprintf(format, args);

    str_add(str, text);
}

void str_addf(struct str *str, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    str_vaddf(str, format, args);
    va_end(args);
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
size_t utf8_length(const char *bytes, size_t length)
{
    const unsigned char *b = (const unsigned char *)bytes;

    if (length == 0)
        return 0;
    if (b[0] < 0x80)
        return 1;
    if (b[0] >= 0xc2 && b[0] <= 0xdf)
        return length >= 2 && is_continuation(b[1]) ? 2 : 0;
    if (b[0] >= 0xe0 && b[0] <= 0xef) {
        if (length < 3 || !is_continuation(b[1]) || !is_continuation(b[2]))
            return 0;
        if ((b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f))
            return 0;
        return 3;
    }
    if (b[0] >= 0xf0 && b[0] <= 0xf4) {
        if (length < 4 || !is_continuation(b[1]) || !is_continuation(b[2]) ||
            !is_continuation(b[3]))
            return 0;
        if ((b[0] == 0xf0 && b[1] < 0x90) || (b[0] == 0xf4 && b[1] > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

/* Characters that are valid UTF-8 and still must not reach a terminal: C0, DEL, C1
 * (U+0080..U+009F), line separators (U+2028, U+2029) and the bidirectional controls (U+061C,
 * U+200E/F, U+202A..E, U+2066..9); and what cannot be seen and so makes two names look alike
 * (U+00AD, U+200B..D, U+2060..4, U+FEFF). */
static bool is_harmful(const char *bytes, size_t length)
{
    const unsigned char *b = (const unsigned char *)bytes;

    if (length == 1)
        return b[0] < 0x20 || b[0] == 0x7f;
    if (length == 2)
        return (b[0] == 0xc2 && (b[1] < 0xa0 || b[1] == 0xad)) || (b[0] == 0xd8 && b[1] == 0x9c);
    if (length == 3 && b[0] == 0xe2 && b[1] == 0x80)
        return (b[2] >= 0x8b && b[2] <= 0x8f) || (b[2] >= 0xa8 && b[2] <= 0xae);
    if (length == 3 && b[0] == 0xe2 && b[1] == 0x81)
        return b[2] >= 0xa0 && b[2] <= 0xa9;
    return length == 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf;
}

void str_add_printable(struct str *str, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t used = utf8_length(bytes + i, length - i);

        if (used && !is_harmful(bytes + i, used)) {
            str_add_bytes(str, bytes + i, used);
            i += used;
            continue;
        }
        for (size_t end = i + (used ? used : 1); i < end; i++)
            str_addf(str, "\\x%02x", (unsigned char)bytes[i]);
    }
}

char *printable(const char *text)
{
    struct str str = STR_INIT;

    if (!text)
        return NULL;
    str_add_printable(&str, text, strlen(text));
    return str_detach(&str);
}

void string_list_take(struct string_list *list, char *text)
{
    /* Grows by doubling: the capacity is the next power of two above the count. */
    if ((list->count & (list->count - 1)) == 0)
        list->items =
            xreallocarray(list->items, list->count ? list->count * 2 : 1, sizeof(*list->items));
    list->items[list->count++] = text;
}

void string_list_add(struct string_list *list, const char *text)
{
    string_list_take(list, xstrdup(text));
}

bool string_list_has(const struct string_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

static int compare_items(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void string_list_sort(struct string_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(*list->items), compare_items);
}

void string_list_split(struct string_list *list, const char *text, char separator)
{
    for (;;) {
        const char *end = strchrnul(text, separator);
        const char *last = end;

        while (text < last && isspace((unsigned char)*text))
            text++;
        while (last > text && isspace((unsigned char)last[-1]))
            last--;
        string_list_take(list, xstrndup(text, (size_t)(last - text)));
        if (!*end)
            return;
        text = end + 1;
    }
}

void string_list_release(struct string_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct string_list)STRING_LIST_INIT;
}

bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool ends_with(const char *text, const char *suffix)
{
    size_t text_length = strlen(text), suffix_length = strlen(suffix);

    return text_length >= suffix_length && strcmp(text + text_length - suffix_length, suffix) == 0;
}
