/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers, sizes and durations: what is read, what is refused, what overflows. */
#include "unit.h"

#include "base/number.h"

static void plain_numbers(void **state)
{
    uint64_t value = 7;

    (void)state;
    assert_true(parse_uint("0", 0, &value));
    assert_int_equal(value, 0);
    assert_true(parse_uint("18446744073709551615", UINT64_MAX, &value));
    assert_true(value == UINT64_MAX);
    assert_true(parse_uint("0042", 100, &value));
    assert_int_equal(value, 42);
}

static void what_is_no_number_leaves_the_value_alone(void **state)
{
    static const char *const words[] = { "",
                                         "-1",
                                         "+1",
                                         " 1",
                                         "1 ",
                                         "0x10",
                                         "1e3",
                                         "1.0",
                                         "one",
                                         "11",
                                         "１",
                                         "18446744073709551616",
                                         "99999999999999999999999" };
    uint64_t value = 7;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        assert_false(parse_uint(words[i], 10, &value));
        assert_int_equal(value, 7);
    }
    assert_false(parse_uint("18446744073709551616", UINT64_MAX, &value));
}

static void durations(void **state)
{
    static const struct {
        const char *text;
        uint64_t ms;
    } rows[] = {
        { "90", 90000 },
        { "90s", 90000 },
        { "500ms", 500 },
        { "2m", 120000 },
        { "1h30m", 5400000 },
        { "1d", 86400000 },
        { "0", 0 },
        { "1m5", 65000 },
        { "1h1m1s1ms", 3661001 },
        { "18446744073709551615ms", UINT64_MAX },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        auto_error error = NULL;
        uint64_t ms = 1;
        int result = parse_duration(rows[i].text, &ms, &error);

        check_success(result, error);
        assert_true(ms == rows[i].ms);
    }
}

static void bad_durations_are_named(void **state)
{
    static const char *const words[] = { "",
                                         "s",
                                         "5x",
                                         "5 s",
                                         "-5s",
                                         "1.5s",
                                         "5S",
                                         "5sm",
                                         "18446744073709551615",
                                         "18446744073709551615ms1ms",
                                         "99999999999999999999s",
                                         "1m ",
                                         "5mss" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        auto_free char *message = xasprintf("'%s' is not a duration", words[i]);
        struct error *error = NULL;
        uint64_t ms = 7;

        assert_int_equal(parse_duration(words[i], &ms, &error), -1);
        assert_int_equal(ms, 7);
        check_error(error, ERR_USAGE, message, "write it as 30s, 500ms, 2m or 1h30m");
    }
}

static void sizes(void **state)
{
    static const struct {
        const char *text;
        uint64_t kib;
    } rows[] = {
        { "512", 524288 },
        { "512m", 524288 },
        { "512MB", 524288 },
        { "512MiB", 524288 },
        { "4g", 4194304 },
        { "4GiB", 4194304 },
        { "1t", 1073741824 },
        { "1024k", 1024 },
        { "4096b", 4 },
        { "4097b", 5 },
        { "1B", 1 },
        { "0", 0 },
        { "1023b", 1 },
        { "1024b", 1 },
        { "18446744073709551615b", 18014398509481984 },
        { "16777215t", 16777215ULL << 30 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        auto_error error = NULL;
        uint64_t kib = 1;
        int result = parse_size_kib(rows[i].text, &kib, &error);

        check_success(result, error);
        assert_true(kib == rows[i].kib);
    }
}

static void bad_sizes_are_named(void **state)
{
    static const char *const words[] = { "",
                                         "m",
                                         "-512",
                                         "512x",
                                         "1.5g",
                                         "4gg",
                                         "4bb",
                                         "4 g",
                                         "4bib",
                                         "16777216t",
                                         "18446744073709551615",
                                         "4p",
                                         "4g4m",
                                         "4\"",
                                         "4+" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        auto_free char *message = xasprintf("'%s' is not a size", words[i]);
        struct error *error = NULL;
        uint64_t kib = 7;

        assert_int_equal(parse_size_kib(words[i], &kib, &error), -1);
        assert_int_equal(kib, 7);
        check_error(error, ERR_USAGE, message, "write it as 512 (MiB), 512m, 4g or 1048576k");
    }
}

/* Bits that OR with 0x20 must not make a letter of what is none. */
static void only_letters_are_units(void **state)
{
    (void)state;
    for (int c = 1; c < 256; c++) {
        char text[] = { '4', (char)c, '\0' };
        uint64_t kib;
        bool unit = strchr("bkmgtBKMGT0123456789", c) != NULL;

        assert_int_equal(parse_size_kib(text, &kib, NULL) == 0, unit);
    }
}

static void sizes_for_people(void **state)
{
    static const struct {
        uint64_t kib;
        const char *text;
    } rows[] = {
        { 0, "0 KiB" },          { 1, "1 KiB" },
        { 1023, "1023 KiB" },    { 1024, "1 MiB" },
        { 1536000, "1.5 GiB" },  { 4194304, "4 GiB" },
        { 1572864, "1.5 GiB" },  { 1ULL << 30, "1 TiB" },
        { 1ULL << 40, "1 PiB" }, { 1ULL << 50, "1024 PiB" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        auto_free char *text = human_kib(rows[i].kib);

        assert_string_equal(text, rows[i].text);
    }
}

static void durations_for_people(void **state)
{
    static const struct {
        uint64_t ms;
        const char *text;
    } rows[] = {
        { 0, "0ms" },      { 250, "250ms" },   { 1000, "1s" },
        { 5000, "5s" },    { 60000, "1m" },    { 90061000, "1d 1h 1m 1s" },
        { 3600000, "1h" }, { 86400000, "1d" }, { 3605000, "1h 5s" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        auto_free char *text = human_ms(rows[i].ms);

        assert_string_equal(text, rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_numbers),
        cmocka_unit_test(what_is_no_number_leaves_the_value_alone),
        cmocka_unit_test(durations),
        cmocka_unit_test(bad_durations_are_named),
        cmocka_unit_test(sizes),
        cmocka_unit_test(bad_sizes_are_named),
        cmocka_unit_test(only_letters_are_units),
        cmocka_unit_test(sizes_for_people),
        cmocka_unit_test(durations_for_people),
    };

    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
