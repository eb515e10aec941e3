/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events as lines and as columns. */
#include "unit.h"

#include "model/event.h"

static void check_line(const struct event *event, const char *expected)
{
    auto_str line = STR_INIT;

    event_line(event, &line);
    assert_string_equal(str_text(&line), expected);
}

#define TIME_MS UINT64_C(1795370645078)
#define TIME    "2026-11-22T18:04:05.078Z "

static void lines_are_words(void **state)
{
    char name[] = "web", type[] = "vbd", message[] = "no such\nfile";

    (void)state;
    check_line(&(struct event){ .time_ms = TIME_MS, .kind = "created", .name = name, .domid = 7 },
               TIME "created web 7\n");
    check_line(
        &(struct event){
            .time_ms = TIME_MS, .kind = "shut-down", .name = name, .domid = 7, .reason = "crash" },
        TIME "shut-down web 7 reason=crash\n");
    check_line(&(struct event){ .time_ms = TIME_MS,
                                .kind = "memory-target",
                                .name = name,
                                .domid = 7,
                                .has_target = true,
                                .target_kib = 65536 },
               TIME "memory-target web 7 memory_target_kib=65536\n");
    check_line(&(struct event){ .time_ms = TIME_MS,
                                .kind = "device-failed",
                                .name = name,
                                .domid = 7,
                                .device_type = type,
                                .devid = 51712,
                                .message = message },
               TIME "device-failed web 7 device_type=vbd device=xvda message=no such\\x0afile\n");
}

static void names_cannot_make_words(void **state)
{
    char name[] = "a b\x1b\n", old_name[] = "x destroyed y";

    (void)state;
    check_line(
        &(struct event){
            .time_ms = TIME_MS, .kind = "renamed", .name = name, .domid = 7, .old_name = old_name },
        TIME "renamed a\\x20b\\x1b\\x0a 7 old_name=x\\x20destroyed\\x20y\n");
    check_line(&(struct event){ .time_ms = TIME_MS, .kind = "destroyed", .domid = 7 },
               TIME "destroyed - 7\n");
}

static void check_text(const struct event *event, const char *key, const char *expected)
{
    struct value value = column_value(column_find(&event_columns, key), event);

    if (expected) {
        assert_int_equal(value.type, VALUE_TEXT);
        assert_string_equal(value.text, expected);
    } else {
        assert_int_equal(value.type, VALUE_NULL);
    }
    value_release(&value);
}

static void what_does_not_apply_is_null(void **state)
{
    struct event event = { .time_ms = TIME_MS, .kind = "created", .domid = 7 };
    char type[] = "vif";

    (void)state;
    check_text(&event, "time", "2026-11-22T18:04:05.078Z");
    check_text(&event, "event", "created");
    check_text(&event, "name", NULL);
    check_text(&event, "device", NULL);
    check_text(&event, "memory_target_kib", NULL);
    event.device_type = type;
    check_text(&event, "device", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_words),
        cmocka_unit_test(names_cannot_make_words),
        cmocka_unit_test(what_does_not_apply_is_null),
    };

    return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
