/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A growing string, a list of strings, and the one place where bytes that others chose
 * (guest names, xenstore values, log lines) are made harmless.
 */
#ifndef XN_BASE_STR_H
#define XN_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* .text is always a C string, never NULL after the first use of a str_ function; may hold NUL bytes
 * when str_add_bytes put them there. */
struct str {
    char *text;
    size_t length;
    size_t capacity;
};

#define STR_INIT                                                                                   \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }
#define auto_str __attribute__((cleanup(str_release))) struct str

void str_release(struct str *str);
void str_clear(struct str *str);
/* The text; the caller frees it. The str is empty afterwards. */
char *str_detach(struct str *str);
/* The text without handing it out; "" when nothing was added. */
const char *str_text(const struct str *str);

void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const void *bytes, size_t length);
void str_add_char(struct str *str, char character);
void str_add_repeat(struct str *str, char character, size_t count);
void str_addf(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *str, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Appends text with everything that could drive a terminal (control characters, DEL, C1 controls,
 * bidirectional overrides) or is not UTF-8 written as \xHH. Newlines too. */
void str_add_printable(struct str *str, const char *bytes, size_t length);
/* The same as a new string; the caller frees it. NULL in, NULL out. */
char *printable(const char *text);
/* The length in bytes of the valid UTF-8 character at bytes, 0 when there is none. */
size_t utf8_length(const char *bytes, size_t length);

struct string_list {
    char **items;
    size_t count;
};

#define STRING_LIST_INIT                                                                           \
    {                                                                                              \
        NULL, 0                                                                                    \
    }
#define auto_string_list __attribute__((cleanup(string_list_release))) struct string_list

/* Copies text. */
void string_list_add(struct string_list *list, const char *text);
/* Takes text, which must come from malloc. */
void string_list_take(struct string_list *list, char *text);
bool string_list_has(const struct string_list *list, const char *text);
void string_list_sort(struct string_list *list);
/* Splits at every separator; blanks around the parts are cut; empty parts are kept. */
void string_list_split(struct string_list *list, const char *text, char separator);
void string_list_release(struct string_list *list);

bool starts_with(const char *text, const char *prefix);
bool ends_with(const char *text, const char *suffix);

#endif
