/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One row per value kind: its name, placeholder and parser; see value.h. */
#include "cli/value.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/suggest.h"

typedef int (*value_parser)(const char *text, const char *const *choices, void *field,
                            struct error **error);

static int parse_flag(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    (void)text, (void)choices, (void)error;
    *(bool *)field = true;
    return 0;
}

static int parse_count(const char *text, const char *const *choices, void *field,
                       struct error **error)
{
    (void)text, (void)choices, (void)error;
    ++*(int *)field;
    return 0;
}

static int parse_text(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    (void)choices, (void)error;
    *(const char **)field = text;
    return 0;
}

static int parse_word(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    auto_str list = STR_INIT;
    const char *near;
    size_t count = 0;

    for (; choices && choices[count]; count++) {
        if (strcasecmp(choices[count], text) == 0) {
            *(const char **)field = choices[count];
            return 0;
        }
        str_addf(&list, "%s%s", count ? ", " : "", choices[count]);
    }
    error_set(error, ERR_USAGE, "'%s' is not one of %s", text, str_text(&list));
    near = suggest(text, choices, count);
    return near ? error_hint(error, "did you mean '%s'?", near) : -1;
}

static int parse_domain(const char *text, const char *const *choices, void *field,
                        struct error **error)
{
    if (!*text) {
        error_set(error, ERR_USAGE, "empty domain name");
        return error_hint(error, "name a domain by its name, domid or UUID");
    }
    return parse_text(text, choices, field, error);
}

static int parse_file(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    if (!*text)
        return error_set(error, ERR_USAGE, "empty file name");
    return parse_text(text, choices, field, error);
}

static int parse_number(const char *text, const char *const *choices, void *field,
                        struct error **error)
{
    bool digits_only = *text && strspn(text, "0123456789") == strlen(text);

    (void)choices;
    if (parse_uint(text, INT32_MAX, field))
        return 0;
    error_set(error, ERR_USAGE, digits_only ? "'%s' is too large" : "'%s' is not a number", text);
    return error_hint(error, "give a whole number from 0 to %d", INT32_MAX);
}

static int parse_time(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    uint64_t ms;

    (void)choices;
    if (parse_duration(text, &ms, error) < 0)
        return -1;
    if (ms == UINT64_MAX)
        return error_set(error, ERR_USAGE, "'%s' is too long", text);
    *(uint64_t *)field = ms;
    return 0;
}

static int parse_size(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    (void)choices;
    return parse_size_kib(text, field, error);
}

static int parse_assignment(const char *text, const char *const *choices, void *field,
                            struct error **error)
{
    if (*text == '=' || !strchr(text, '=')) {
        error_set(error, ERR_USAGE, "'%s' is not an assignment", text);
        return error_hint(error, "write it as KEY=VALUE");
    }
    return parse_text(text, choices, field, error);
}

static int parse_command(const char *text, const char *const *choices, void *field,
                         struct error **error)
{
    if (!*text)
        return error_set(error, ERR_USAGE, "empty command name");
    return parse_text(text, choices, field, error);
}

static int parse_key(const char *text, const char *const *choices, void *field,
                     struct error **error)
{
    if (!*text)
        return error_set(error, ERR_USAGE, "empty key");
    return parse_text(text, choices, field, error);
}

static int parse_pool(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    if (!*text)
        return error_set(error, ERR_USAGE, "empty pool name");
    return parse_text(text, choices, field, error);
}

static int parse_cpus(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    if (!*text) {
        error_set(error, ERR_USAGE, "no CPU is named");
        return error_hint(error, "write N, A-B, ^N, node:N or all, separated by ','");
    }
    return parse_text(text, choices, field, error);
}

static int parse_vcpu(const char *text, const char *const *choices, void *field,
                      struct error **error)
{
    uint64_t number;

    if (strcmp(text, "all") != 0 && !parse_uint(text, INT32_MAX, &number)) {
        error_set(error, ERR_USAGE, "'%s' is no CPU of a guest", text);
        return error_hint(error, "give its number, counted from 0, or 'all'");
    }
    return parse_text(text, choices, field, error);
}

static int parse_device(const char *text, const char *const *choices, void *field,
                        struct error **error)
{
    if (!*text)
        return error_set(error, ERR_USAGE, "empty word for a device");
    return parse_text(text, choices, field, error);
}

static const struct {
    const char *name;
    const char *placeholder; /* NULL: takes no value */
    value_parser parse;
} kinds[] = {
    [KIND_FLAG] = { "flag", NULL, parse_flag },
    [KIND_COUNT] = { "count", NULL, parse_count },
    [KIND_TEXT] = { "text", "TEXT", parse_text },
    [KIND_WORD] = { "word", "WORD", parse_word },
    [KIND_DOMAIN] = { "domain", "DOMAIN", parse_domain },
    [KIND_GUEST] = { "guest", "NAME", parse_domain },
    [KIND_FILE] = { "file", "FILE", parse_file },
    [KIND_UINT] = { "number", "N", parse_number },
    [KIND_DURATION] = { "duration", "DURATION", parse_time },
    [KIND_SIZE] = { "size", "SIZE", parse_size },
    [KIND_ASSIGNMENT] = { "assignment", "KEY=VALUE", parse_assignment },
    [KIND_COMMAND] = { "command", "COMMAND", parse_command },
    [KIND_CONFIG] = { "config", "CONFIG", parse_file },
    [KIND_KEY] = { "key", "KEY", parse_key },
    [KIND_POOL] = { "pool", "POOL", parse_pool },
    [KIND_CPUS] = { "cpus", "CPUS", parse_cpus },
    [KIND_VCPU] = { "vcpu", "VCPU", parse_vcpu },
    [KIND_DEVICE] = { "device", "DEVICE", parse_device },
    [KIND_PART] = { "part", "PART", parse_device },
};

const char *value_kind_placeholder(enum value_kind kind)
{
    return kinds[kind].placeholder;
}

const char *value_kind_name(enum value_kind kind)
{
    return kinds[kind].name;
}

bool value_kind_takes_value(enum value_kind kind)
{
    return kinds[kind].placeholder != NULL;
}

int value_parse(enum value_kind kind, const char *const *choices, const char *what,
                const char *text, void *field, struct error **error)
{
    if (kinds[kind].parse(text, choices, field, error) < 0)
        return error_wrap(error, "%s", what);
    return 0;
}

int value_append(enum value_kind kind, const char *const *choices, const char *what,
                 const char *text, struct string_list *list, struct error **error)
{
    union {
        const char *text;
        uint64_t number;
    } checked;

    if (value_parse(kind, choices, what, text, &checked, error) < 0)
        return -1;
    string_list_add(list, text);
    return 0;
}
