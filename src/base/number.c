/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Strict numbers, sizes and durations; see number.h. */
#include "base/number.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads the digits at *text and moves behind them. */
static bool take_digits(const char **text, uint64_t *ret_value)
{
    uint64_t value = 0;

    if (!is_digit(**text))
        return false;
    for (; is_digit(**text); (*text)++)
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(**text - '0'), &value))
            return false;
    *ret_value = value;
    return true;
}

bool parse_uint(const char *text, uint64_t max, uint64_t *ret_value)
{
    uint64_t value;

    if (!take_digits(&text, &value) || *text || value > max)
        return false;
    *ret_value = value;
    return true;
}

static const struct {
    const char *suffix;
    uint64_t ms;
} duration_units[] = {
    { "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 }, { "d", 86400000 },
};

/* Moves behind the unit; a missing unit counts as seconds. */
static uint64_t take_duration_unit(const char **text)
{
    size_t length = strcspn(*text, "0123456789");

    if (length == 0 && !**text)
        return 1000;
    for (size_t i = 0; i < ARRAY_SIZE(duration_units); i++) {
        if (strlen(duration_units[i].suffix) == length &&
            strncmp(*text, duration_units[i].suffix, length) == 0) {
            *text += length;
            return duration_units[i].ms;
        }
    }
    return 0;
}

int parse_duration(const char *text, uint64_t *ret_ms, struct error **error)
{
    const char *rest = text;
    uint64_t total = 0;

    do {
        uint64_t value, unit, part;

        if (!take_digits(&rest, &value) || !(unit = take_duration_unit(&rest)) ||
            __builtin_mul_overflow(value, unit, &part) ||
            __builtin_add_overflow(total, part, &total)) {
            error_set(error, ERR_USAGE, "'%s' is not a duration", text);
            return error_hint(error, "write it as 30s, 500ms, 2m or 1h30m");
        }
    } while (*rest);
    *ret_ms = total;
    return 0;
}

/* The power of two of a size suffix in bytes, -1 when unknown. No suffix is MiB. */
static int size_shift(const char *suffix)
{
    static const char letters[] = "bkmgt";
    const char *letter;

    if (!*suffix)
        return 20;
    letter = strchr(letters, *suffix | 0x20);
    if (!letter)
        return -1;
    suffix++;
    if (*suffix && (letter == letters || (strcasecmp(suffix, "b") && strcasecmp(suffix, "ib"))))
        return -1;
    return 10 * (int)(letter - letters);
}

int parse_size_kib(const char *text, uint64_t *ret_kib, struct error **error)
{
    const char *rest = text;
    uint64_t value;
    int shift;

    if (!take_digits(&rest, &value) || (shift = size_shift(rest)) < 0 ||
        (shift && value > (UINT64_MAX >> shift))) {
        error_set(error, ERR_USAGE, "'%s' is not a size", text);
        return error_hint(error, "write it as 512 (MiB), 512m, 4g or 1048576k");
    }
    *ret_kib = shift ? value << shift >> 10 : value / 1024 + (value % 1024 != 0);
    return 0;
}

char *human_kib(uint64_t kib)
{
    static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB" };
    double value = (double)kib;
    size_t unit = 0;

    while (value >= 1024 && unit + 1 < ARRAY_SIZE(units)) {
        value /= 1024;
        unit++;
    }
    return xasprintf(value == (double)(uint64_t)value ? "%.0f %s" : "%.1f %s", value, units[unit]);
}

char *human_ms(uint64_t ms)
{
    auto_str text = STR_INIT;

    if (ms < 1000)
        return xasprintf("%llums", (unsigned long long)ms);
    for (size_t i = ARRAY_SIZE(duration_units); i-- > 1;) {
        uint64_t count = ms / duration_units[i].ms;

        ms %= duration_units[i].ms;
        if (count)
            str_addf(&text, "%s%llu%s", text.length ? " " : "", (unsigned long long)count,
                     duration_units[i].suffix);
    }
    return str_detach(&text);
}
