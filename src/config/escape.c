/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text that is no text, and the escapes in strings; see mistake.h. */
#include "config/mistake.h"

#include <string.h>

#include "base/mem.h"

static const struct {
    const char *start;
    size_t length;
    const char *what;
} binary_files[] = {
    { "\x7f"
      "ELF",
      4, "a program or kernel (ELF)" },
    { "\x1f\x8b", 2, "a file compressed with gzip" },
    { "\xfd"
      "7zXZ",
      5, "a file compressed with xz" },
    { "\x28\xb5\x2f\xfd", 4, "a file compressed with zstd" },
    { "QFI\xfb", 4, "a qcow disk image" },
    { "conectix\0", 9, "a VHD disk image" }, /* without the NUL it might be a key */
    { "Xen saved domain", 16, "a saved guest" },
    { "LibxlFmt", 8, "a saved guest" },
};

static const char *known_file(const struct source *source)
{
    for (size_t i = 0; i < ARRAY_SIZE(binary_files); i++)
        if (source->length >= binary_files[i].length &&
            memcmp(source->text, binary_files[i].start, binary_files[i].length) == 0)
            return binary_files[i].what;
    return NULL;
}

bool mistake_binary_file(const struct source *source, struct diagnostics *diagnostics)
{
    const char *zero = memchr(source->text, '\0', source->length);
    const char *known = known_file(source);
    struct place whole = { source, source->length + 1, 0 };
    struct place place = { source, zero ? (size_t)(zero - source->text) : 0, 1 };

    if (known)
        diagnose(diagnostics, SEVERITY_ERROR, "binary", &whole,
                 "this is %s, not a configuration file", known);
    else if (zero)
        diagnose(diagnostics, SEVERITY_ERROR, "binary", &place,
                 "the byte \\x00 has no place in a configuration file");
    return known || zero;
}

static const char *simple_escape(char letter)
{
    static const char letters[] = "'\"\\abfnrtv";
    static const char *const values[] = {
        "'", "\"", "\\", "\a", "\b", "\f", "\n", "\r", "\t", "\v"
    };
    const char *found = letter ? strchr(letters, letter) : NULL;

    return found ? values[found - letters] : NULL;
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return 99;
}

/* Up to three octal digits at text, or x and two hexadecimal ones. Returns how many characters
 * were used, 0 when it is not such an escape. */
static size_t numeric_escape(const char *text, int *ret_value)
{
    int base = *text == 'x' ? 16 : 8;
    size_t start = base == 16, wanted = base == 16 ? 2 : 3, length = 0;

    *ret_value = 0;
    while (length < wanted && digit_value(text[start + length]) < base)
        *ret_value = *ret_value * base + digit_value(text[start + length++]);
    return length == 0 || (base == 16 && length < 2) ? 0 : start + length;
}

static void report_escape(const struct place *place, size_t offset, const char *message,
                          struct diagnostics *diagnostics)
{
    struct place escape = { place->source, offset, 2 };
    struct diagnostic *diagnostic =
        diagnose(diagnostics, SEVERITY_ERROR, "escape", &escape, "%s", message);

    diagnostic_hint(diagnostic, "a backslash itself is written \\\\");
}

void decode_escapes(const struct place *place, struct str *text, struct diagnostics *diagnostics)
{
    const char *start = place->source->text + place->offset + 1;
    const char *end = start + place->length - 2;

    for (const char *at = start; at < end;) {
        size_t offset = (size_t)(at - place->source->text), used;
        const char *simple;
        int value;

        if (*at != '\\') {
            str_add_char(text, *at++);
        } else if ((simple = simple_escape(at[1]))) {
            str_add(text, simple);
            at += 2;
        } else if ((used = numeric_escape(at + 1, &value)) > 0) {
            if (value == 0 || value > 255)
                report_escape(place, offset, "the escape stands for no byte that a value can hold",
                              diagnostics);
            else
                str_add_char(text, (char)value);
            at += 1 + used;
        } else {
            report_escape(place, offset, "unknown escape in a string", diagnostics);
            at += 2;
        }
    }
}
