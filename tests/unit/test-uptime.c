/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Uptimes as text and in xl's two layouts. */
#include "unit.h"

#include <time.h>

#include "model/uptime.h"

static void check_text(uint64_t seconds, const char *full, const char *brief)
{
    auto_str text = STR_INIT;

    uptime_text(seconds, false, &text);
    assert_string_equal(str_text(&text), full);
    str_clear(&text);
    uptime_text(seconds, true, &text);
    assert_string_equal(str_text(&text), brief);
}

static void times_are_written_as_xl_does(void **state)
{
    (void)state;
    check_text(0, " 0:00:00", " 0:00");
    check_text(59, " 0:00:59", " 0:00");
    check_text(3661, " 1:01:01", " 1:01");
    check_text(86399, "23:59:59", "23:59");
    check_text(86400, "1 day,  0:00:00", "1 day,  0:00");
    check_text(2 * 86400 - 1, "1 day, 23:59:59", "1 day, 23:59");
    check_text(2 * 86400, "2 days,  0:00:00", "2 days,  0:00");
    check_text(1000 * 86400 + 36000, "1000 days, 10:00:00", "1000 days, 10:00");
}

/* Header and line of one row in a layout of xl. The caller frees it. */
static char *layout(bool brief, const struct uptime *uptime)
{
    const struct xl_column *columns;
    size_t count = uptime_xl_columns(brief, &columns);
    struct str text = STR_INIT;

    for (size_t i = 0; i < count; i++)
        str_add(&text, columns[i].title);
    str_add_char(&text, '\n');
    for (size_t i = 0; i < count; i++)
        columns[i].cell(&text, uptime);
    return str_detach(&text);
}

static void layouts_are_those_of_xl(void **state)
{
    char name[] = "web";
    struct domain domain = { .domid = 7, .name = name };
    struct uptime uptime = { &domain, true, 1000000000 - 90061, 1000000000 };
    auto_free char *full = layout(false, &uptime);
    auto_free char *brief = NULL;
    auto_free char *expected = xasprintf("%-33s %4s %s\n%-33s %4d %s", "Name", "ID", "Uptime",
                                         "web", 7, "1 day,  1:01:01");

    (void)state;
    assert_string_equal(full, expected);
    setenv("TZ", "UTC0", 1);
    tzset();
    brief = layout(true, &uptime);
    assert_string_equal(brief, "\n 01:46:40 up 1 day,  1:01, web (7)");
}

static void names_are_made_printable(void **state)
{
    char evil[] = "a\33[31m\n";
    struct domain nameless = { .domid = 70000 }, domain = { .domid = 1, .name = evil };
    struct uptime first = { &nameless, true, 5, 5 }, second = { &domain, true, 5, 5 };
    auto_free char *text = layout(false, &first);
    auto_free char *brief = layout(true, &second);

    (void)state;
    assert_non_null(strstr(text, "\n(null)                            70000  0:00:00"));
    assert_non_null(strstr(brief, ", a\\x1b[31m\\x0a (1)"));
}

static void check_uint(const char *key, const struct uptime *uptime, uint64_t expected)
{
    struct value value = column_value(column_find(&uptime_columns, key), uptime);

    assert_int_equal(value.type, VALUE_UINT);
    assert_int_equal(value.uinteger, expected);
    value_release(&value);
}

static void columns_know_seconds(void **state)
{
    struct domain domain = { .domid = 3 };
    struct uptime uptime = { &domain, true, 100, 350 };

    (void)state;
    check_uint("uptime_s", &uptime, 250);
    check_uint("start_time_s", &uptime, 100);
    check_uint("domid", &uptime, 3);
    uptime.now_s = 99; /* the clock was put back */
    check_uint("uptime_s", &uptime, 0);
}

static void what_is_not_known_is_null(void **state)
{
    static const char *const keys[] = { "uptime_s", "start_time_s", "name" };
    struct domain domain = { .domid = 3 };
    struct uptime uptime = { .domain = &domain, .now_s = 350 };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        struct value value = column_value(column_find(&uptime_columns, keys[i]), &uptime);

        assert_int_equal(value.type, VALUE_NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_written_as_xl_does), cmocka_unit_test(layouts_are_those_of_xl),
        cmocka_unit_test(names_are_made_printable),     cmocka_unit_test(columns_know_seconds),
        cmocka_unit_test(what_is_not_known_is_null),
    };

    return cmocka_run_group_tests_name("uptime", tests, NULL, NULL);
}
