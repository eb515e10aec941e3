/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The list of the differences, one function each; see difference.h.
 *
 * What xn reads and xl does not is translated, so that the rest of such a text is compared all the
 * same. What xn refuses and xl does not is recognised by a predicate.
 */
#include "difference.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "config/document.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What a byte of a configuration belongs to, found without xn's lexer. */
enum part { PART_CODE, PART_COMMENT, PART_QUOTE, PART_STRING };

/* Of each byte; the quote that opens a string is a PART_QUOTE, the one that closes it is not. The
 * caller frees it. */
static enum part *parts_of(const char *text, size_t length)
{
    enum part *parts = xcalloc(length + 1, sizeof(*parts));
    char quote = '\0';

    for (size_t i = 0; i < length; i++) {
        enum part before = i ? parts[i - 1] : PART_CODE;

        if (text[i] == '\n') {
            quote = '\0';
        } else if (quote) {
            parts[i] = PART_STRING;
            if (text[i] == quote)
                quote = '\0';
            else if (text[i] == '\\' && i + 1 < length && text[i + 1] != '\n')
                parts[++i] = PART_STRING;
        } else if (before == PART_COMMENT || text[i] == '#') {
            parts[i] = PART_COMMENT;
        } else if (text[i] == '\'' || text[i] == '"') {
            parts[i] = PART_QUOTE;
            quote = text[i];
        }
    }
    return parts;
}

/* xl takes a byte order mark for a lexical error; editors on Windows write one. */
static void drop_byte_order_mark(const char *text, size_t length, struct str *ret)
{
    size_t skipped = length >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;

    str_add_bytes(ret, text + skipped, length - skipped);
}

/* xl takes the CR of CR LF for a lexical error; xn warns and reads a line end. */
static void drop_dos_line_ends(const char *text, size_t length, struct str *ret)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] != '\r' || i + 1 == length || text[i + 1] != '\n')
            str_add_char(ret, text[i]);
}

/* To xl a comment is one only with the end of its line. */
static void end_last_comment(const char *text, size_t length, struct str *ret)
{
    auto_free enum part *parts = parts_of(text, length);

    str_add_bytes(ret, text, length);
    if (length && parts[length - 1] == PART_COMMENT)
        str_add_char(ret, '\n');
}

/* How many digits of the base stand at text, at most max; *ret_value is their worth. */
static size_t digits(const char *text, size_t left, unsigned base, size_t max, unsigned *ret_value)
{
    static const char set[] = "0123456789abcdef";
    size_t count = 0;

    *ret_value = 0;
    for (; count < max && count < left; count++) {
        char lower =
            (char)(text[count] >= 'A' && text[count] <= 'F' ? text[count] | 0x20 : text[count]);
        const char *found = lower ? strchr(set, lower) : NULL;

        if (!found || (unsigned)(found - set) >= base)
            break;
        *ret_value = *ret_value * base + (unsigned)(found - set);
    }
    return count;
}

/* The length of the escape \NNN or \xHH at text, 0 when none is there. */
static size_t numeric_escape(const char *text, size_t left, unsigned *ret_value)
{
    size_t count;

    if (left < 2 || text[0] != '\\')
        return 0;
    if (text[1] == 'x')
        return digits(text + 2, left - 2, 16, 2, ret_value) == 2 ? 4 : 0;
    count = digits(text + 1, left - 1, 8, 3, ret_value);
    return count ? count + 1 : 0;
}

static void add_in_string(struct str *ret, char byte)
{
    if (byte == '\n') {
        str_add(ret, "\\n");
        return;
    }
    if (byte == '\\' || byte == '\'' || byte == '"')
        str_add_char(ret, '\\');
    str_add_char(ret, byte);
}

/* xl reads \NNN and loses its value, and refuses every \xHH; to xn they are the byte. Those that
 * are no byte stay: xn refuses them. */
static void resolve_numeric_escapes(const char *text, size_t length, struct str *ret)
{
    auto_free enum part *parts = parts_of(text, length);
    unsigned value;

    for (size_t i = 0; i < length;) {
        size_t used = parts[i] == PART_STRING ? numeric_escape(text + i, length - i, &value) : 0;

        if (used && value > 0 && value <= 255) {
            add_in_string(ret, (char)value);
            i += used;
            continue;
        }
        used = parts[i] == PART_STRING && text[i] == '\\' && i + 1 < length ? 2 : 1;
        str_add_bytes(ret, text + i, used);
        i += used;
    }
}

void difference_translate(const char *text, size_t length, struct str *ret)
{
    static void (*const steps[])(const char *text, size_t length, struct str *ret) = {
        drop_byte_order_mark,
        drop_dos_line_ends,
        end_last_comment,
        resolve_numeric_escapes,
    };
    auto_str from = STR_INIT;

    str_add_bytes(ret, text, length);
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
        str_clear(&from);
        str_add_bytes(&from, str_text(ret), ret->length);
        str_clear(ret);
        steps[i](from.text, from.length, ret);
    }
}

/* LIMITS in xn.cfg(5): no key has lists deeper than two. */
static bool too_deep(const char *text, const enum part *parts, size_t length)
{
    size_t depth = 0, most = 0;

    for (size_t i = 0; i < length; i++) {
        if (parts[i] != PART_CODE)
            continue;
        if (text[i] == '[' && ++depth > most)
            most = depth;
        if (text[i] == ']' && depth > 0)
            depth--;
    }
    return most > DOCUMENT_DEPTH_MAX;
}

/* LIMITS in xn.cfg(5): each value costs memory. One of these signs stands before every value. */
static bool too_many_values(const char *text, const enum part *parts, size_t length)
{
    size_t values = 0;

    for (size_t i = 0; i < length; i++)
        values += parts[i] == PART_CODE && strchr("=[,", text[i]) != NULL;
    return values > DOCUMENT_VALUES_MAX;
}

/* The value would hold a NUL, or is above 255: a C string cannot hold it. xl loses it anyway. */
static bool escape_of_no_byte(const char *text, const enum part *parts, size_t length)
{
    unsigned value;

    for (size_t i = 0; i + 1 < length; i++) {
        if (parts[i] != PART_STRING || text[i] != '\\')
            continue;
        if (numeric_escape(text + i, length - i, &value))
            return true;
        i++;
    }
    return false;
}

/* A byte that begins no word is an error for xl too, but not as the very last one of the text: its
 * scanner sees the end first and forgets the byte. A blank behind it makes it an error. */
static bool forgotten_last_byte(const char *text, const enum part *parts, size_t length)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz0123456789 \t\n,;=[]";
    char last;

    if (length == 0)
        return false;
    last = text[length - 1];
    return parts[length - 1] == PART_QUOTE ||
           (parts[length - 1] == PART_CODE && !strchr(good, last));
}

/* A VHD image begins with this word, which could be the name of a key, but is none. */
static bool looks_like_vhd(const char *text, const enum part *parts, size_t length)
{
    (void)parts;
    return length >= 8 && memcmp(text, "conectix", 8) == 0;
}

static const struct {
    bool (*applies)(const char *text, const enum part *parts, size_t length);
    const char *reason;
} refusals[] = {
    { too_deep, "lists are nested too deep" },
    { too_many_values, "there are too many values" },
    { escape_of_no_byte, "an escape stands for no byte" },
    { forgotten_last_byte, "xl forgets a wrong byte at the end" },
    { looks_like_vhd, "it looks like a VHD image" },
};

const char *difference_refusal(const char *text, size_t length)
{
    auto_free enum part *parts = parts_of(text, length);

    for (size_t i = 0; i < ARRAY_SIZE(refusals); i++)
        if (refusals[i].applies(text, parts, length))
            return refusals[i].reason;
    return NULL;
}
