/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading typed values out of settings; see build.h. */
#include "config/build.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#if defined(__arm__) || defined(__aarch64__)
#define GUEST_HERE GUEST_ARM
#else
#define GUEST_HERE 0
#endif

int device_number(const struct build *build, int count)
{
    return build->single ? -1 : count - 1;
}

unsigned guest_bit(libxl_domain_type type)
{
    switch (type) {
    case LIBXL_DOMAIN_TYPE_PV:
        return GUEST_PV | GUEST_HERE;
    case LIBXL_DOMAIN_TYPE_PVH:
        return GUEST_PVH | GUEST_HERE;
    case LIBXL_DOMAIN_TYPE_HVM:
        return GUEST_HVM | GUEST_HERE;
    default:
        return GUEST_HERE;
    }
}

const char *guest_name(libxl_domain_type type)
{
    switch (type) {
    case LIBXL_DOMAIN_TYPE_PV:
        return "PV";
    case LIBXL_DOMAIN_TYPE_PVH:
        return "PVH";
    case LIBXL_DOMAIN_TYPE_HVM:
        return "HVM";
    default:
        return "unknown";
    }
}

const char *guest_noun(libxl_domain_type type)
{
    switch (type) {
    case LIBXL_DOMAIN_TYPE_PV:
        return "a PV guest";
    case LIBXL_DOMAIN_TYPE_PVH:
        return "a PVH guest";
    case LIBXL_DOMAIN_TYPE_HVM:
        return "an HVM guest";
    default:
        return "a guest of an unknown type";
    }
}

const struct setting *build_setting(const struct build *build, const char *name)
{
    const struct setting *setting = document_find(build->document, name);

    return setting && !setting->refused ? setting : NULL;
}

bool build_text(const struct build *build, const char *name, const char **ret)
{
    const struct setting *setting = build_setting(build, name);

    if (!setting || setting->value.type == SETTING_LIST)
        return false;
    *ret = setting_text(&setting->value);
    return true;
}

bool build_number(const struct build *build, const char *name, long *ret)
{
    const struct setting *setting = build_setting(build, name);

    if (!setting || !setting->is_number)
        return false;
    *ret = setting->number;
    return true;
}

static const char *choice_of(const struct config_key *key, long number)
{
    for (const struct key_choice *choice = key->choices; choice->text; choice++)
        if (choice->value == number)
            return choice->text;
    return NULL;
}

bool build_choice_or_number(struct build *build, const char *name, int *ret)
{
    const struct setting *setting = build_setting(build, name);
    const char *text = setting ? setting_text(&setting->value) : NULL;
    const struct key_choice *choice = setting ? key_choice_find(setting->key, text) : NULL;
    auto_free char *form = NULL;
    char *end;
    long number;

    if (!setting)
        return false;
    if (choice) {
        *ret = choice->value;
        return true;
    }
    number = strtol(text, &end, 0);
    if (end != text && !*end && !setting->appended && choice_of(setting->key, number)) {
        diagnostic_hint(build_warning(build, "deprecated", &setting->value.place,
                                      "a number for '%s' is deprecated", name),
                        "write \"%s\"", choice_of(setting->key, number));
        *ret = (int)number;
        return true;
    }
    form = key_form_text(setting->key);
    diagnostic_hint(build_error(build, "unknown-value", &setting->value.place,
                                "'%s' is no value of '%s'", text, name),
                    "expected %s", form);
    return false;
}

static void report_range(struct build *build, const char *text, const struct place *place,
                         const char *name, long min, long max)
{
    struct diagnostic *diagnostic =
        build_error(build, "out-of-range", place, "'%s' is out of range for '%s'", text, name);

    if (max < INT_MAX)
        diagnostic_hint(diagnostic, "it must be from %ld to %ld", min, max);
    else if (text[strspn(text, " ")] == '-' || strtol(text, NULL, 0) < min)
        diagnostic_hint(diagnostic, "the smallest value is %ld", min);
    else
        diagnostic_hint(diagnostic, "the largest value is %ld", max);
}

static bool is_one_of(const char *text, const char *a, const char *b, const char *c)
{
    return strcasecmp(text, a) == 0 || strcasecmp(text, b) == 0 || strcasecmp(text, c) == 0;
}

static void report_number(struct build *build, const char *text, const struct place *place,
                          const char *name)
{
    struct diagnostic *diagnostic = build_error(
        build, "not-a-number", place, "'%s' is not a number, as '%s' needs it", text, name);

    if (text[0] == '0' && strspn(text, "0123456789") == strlen(text))
        diagnostic_hint(diagnostic, "a number that starts with 0 is octal");
    else if (is_one_of(text, "true", "yes", "on"))
        diagnostic_hint(diagnostic, "write 1 for yes");
    else if (is_one_of(text, "false", "no", "off"))
        diagnostic_hint(diagnostic, "write 0 for no");
}

bool build_parse_number(struct build *build, const char *text, const struct place *place,
                        const char *name, long min, long max, long *ret)
{
    char *end;
    long value;

    errno = 0;
    value = strtol(text, &end, 0);
    if (end == text || *end) {
        report_number(build, text, place, name);
        return false;
    }
    if (errno == ERANGE || value < min || value > max) {
        report_range(build, text, place, name, min, max);
        return false;
    }
    *ret = value;
    return true;
}

bool parse_unsigned(const char *text, size_t length, int base, unsigned long max,
                    unsigned long *ret)
{
    unsigned long value = 0;

    if (base == 16 && length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
        text += 2;
        length -= 2;
    }
    if (length == 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned digit = text[i] >= '0' && text[i] <= '9' ? (unsigned)(text[i] - '0')
                         : (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'f'
                             ? (unsigned)((text[i] | 0x20) - 'a' + 10)
                             : 99;

        if (digit >= (unsigned)base || __builtin_mul_overflow(value, (unsigned long)base, &value) ||
            __builtin_add_overflow(value, digit, &value))
            return false;
    }
    if (value > max)
        return false;
    *ret = value;
    return true;
}

void replace_text(char **field, const char *text)
{
    char *copy = xstrdup(text);

    free(*field);
    *field = copy;
}
