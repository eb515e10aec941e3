/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding commands by name. */
#include "unit.h"

#include "sample.h"

static void names_and_aliases_are_exact(void **state)
{
    (void)state;
    assert_ptr_equal(command_find(sample_commands, "stop", false), &stop_command);
    assert_ptr_equal(command_find(sample_commands, "halt", false), &stop_command);
    assert_ptr_equal(command_find(sample_commands, "__words", false), &words_command);
    assert_null(command_find(sample_commands, "sto", false));
    assert_null(command_find(sample_commands, "stopp", false));
    assert_null(command_find(sample_commands, "", false));
}

static void xl_takes_beginnings_that_are_clear(void **state)
{
    (void)state;
    assert_ptr_equal(command_find(sample_commands, "sto", true), &stop_command);
    assert_ptr_equal(command_find(sample_commands, "ren", true), &rename_command);
    assert_null(command_find(sample_commands, "s", true));
    assert_null(command_find(sample_commands, "re", true));
    assert_null(command_find(sample_commands, "", true));
    assert_null(command_find(sample_commands, "__", true));  /* hidden */
    assert_null(command_find(sample_commands, "hal", true)); /* an alias is exact */
}

static void every_group_has_a_title(void **state)
{
    (void)state;
    for (int group = GROUP_LIFECYCLE; group <= GROUP_HELP; group++)
        assert_string_not_equal(command_group_title((enum command_group)group), "");
    assert_string_equal(command_group_title(GROUP_NONE), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_aliases_are_exact),
        cmocka_unit_test(xl_takes_beginnings_that_are_clear),
        cmocka_unit_test(every_group_has_a_title),
    };

    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
