/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of problems: what is passed over and what refuses. */
#include "unit.h"

#include "model/problem.h"

static struct problem_list sample(void)
{
    struct problem_list list = { NULL, 0 };

    problem_add(&list, false, "disk-loop", "here", "serve it", "disk %s is bad", "xvda\033[31m");
    problem_add(&list, true, "host-cpus", "host2", NULL, "few CPUs");
    problem_add(&list, false, "name-in-use", "host2", NULL, "it is there");
    return list;
}

static void all_are_told_at_once(void **state)
{
    auto_problem_list list = sample();
    struct error *error = NULL;

    (void)state;
    assert_int_equal(problem_refuse(&list, &error), -1);
    assert_int_equal(error->detail.count, 2);
    assert_string_equal(error->detail.items[0],
                        "disk-loop (here): disk xvda\\x1b[31m is bad; serve it");
    assert_string_equal(error->detail.items[1], "name-in-use (host2): it is there");
    check_error(error, ERR_REFUSED, "2 checks failed; nothing was touched",
                "'--skip-check NAME' passes over a check, at your own risk");
}

static void named_ones_are_passed_over(void **state)
{
    auto_problem_list list = sample();
    auto_string_list names = STRING_LIST_INIT;
    struct error *error = NULL;

    (void)state;
    string_list_add(&names, "disk-loop");
    problem_skip(&list, &names);
    assert_int_equal(list.count, 2);
    assert_int_equal(problem_refuse(&list, &error), -1);
    assert_string_equal(error->message, "a check failed; nothing was touched");
    error_free(error);
    error = NULL;
    string_list_add(&names, "name-in-use");
    problem_skip(&list, &names);
    /* Warnings do not stand in the way. */
    assert_int_equal(list.count, 1);
    check_success(problem_refuse(&list, &error), error);
    string_list_add(&names, "all");
    problem_skip(&list, &names);
    assert_int_equal(list.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_told_at_once),
        cmocka_unit_test(named_ones_are_passed_over),
    };

    return cmocka_run_group_tests_name("problem", tests, NULL, NULL);
}
