/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The supervisor's lines about its guests, as rows. */
#include "../unit/unit.h"

#include "supervise/status.h"

#define UUID "11111111-2222-3333-4444-555555555555"

static void lines_become_rows(void **state)
{
    auto_supervised_list list = { NULL, 0 };

    (void)state;
    supervised_parse("7 " UUID " 3600 0 watched web\n"
                     "12 " UUID " 1 4 ending my web, \\x1b\n",
                     &list);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0].domid, 7);
    assert_string_equal(list.items[0].uuid, UUID);
    assert_int_equal(list.items[0].watched_seconds, 3600);
    assert_int_equal(list.items[0].quick_restarts, 0);
    assert_string_equal(list.items[0].state, "watched");
    assert_string_equal(list.items[0].name, "web");
    assert_int_equal(list.items[1].quick_restarts, 4);
    assert_string_equal(list.items[1].state, "ending");
    assert_string_equal(list.items[1].name, "my web, \\x1b");
}

static void no_guests_are_no_rows(void **state)
{
    auto_supervised_list list = { NULL, 0 };

    (void)state;
    supervised_parse("", &list);
    assert_int_equal(list.count, 0);
}

/* Such as the answer of another version. */
static void other_lines_are_left_out(void **state)
{
    auto_supervised_list list = { NULL, 0 };

    (void)state;
    supervised_parse("done\n"
                     "7 " UUID " 3600\n"
                     "seven " UUID " 3600 0 watched web\n"
                     "8 " UUID " 1 0 watched db\n"
                     "\n",
                     &list);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].domid, 8);
}

static void long_words_do_not_overflow(void **state)
{
    auto_supervised_list list = { NULL, 0 };

    (void)state;
    supervised_parse("7 " UUID UUID UUID " 1 0 watched web\n"
                     "7 " UUID " 1 0 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa web\n",
                     &list);
    for (size_t i = 0; i < list.count; i++)
        assert_true(strlen(list.items[i].state) < sizeof(list.items[i].state));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_rows),
        cmocka_unit_test(no_guests_are_no_rows),
        cmocka_unit_test(other_lines_are_left_out),
        cmocka_unit_test(long_words_do_not_overflow),
    };

    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
