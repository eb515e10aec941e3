/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which domain a log of xl says its process waits for. */
#include "../unit/unit.h"

#include <stdio.h>

#include "xen/xl_monitor.h"

static bool waits(const char *text, uint32_t domid)
{
    FILE *log = fmemopen((char *)(uintptr_t)text, strlen(text), "r");
    bool result;

    assert_non_null(log);
    result = xl_monitor_log_waits(log, domid);
    fclose(log);
    return result;
}

static void a_line_names_the_domain(void **state)
{
    static const char text[] = "Waiting for domain web (domid 7) to die [pid 4711]\n";

    (void)state;
    assert_true(waits(text, 7));
    assert_false(waits(text, 77));
    assert_false(waits(text, 4711));
}

static void the_last_line_holds(void **state)
{
    static const char text[] = "Waiting for domain web (domid 7) to die [pid 4711]\n"
                               "Domain 7 has shut down, reason code 1 0x1\n"
                               "Action for shutdown reason code 1 is restart\n"
                               "Domain 7 needs to be cleaned up: destroying the domain\n"
                               "Done. Rebooting now\n"
                               "Waiting for domain web (domid 8) to die [pid 4711]\n"
                               "xc: error: something else\n";

    (void)state;
    assert_false(waits(text, 7));
    assert_true(waits(text, 8));
}

static void a_name_cannot_pretend(void **state)
{
    static const char text[] =
        "Waiting for domain a (domid 9) to die (domid 7) to die [pid 4711]\n";

    (void)state;
    assert_true(waits(text, 7));
    assert_false(waits(text, 9));
    assert_false(waits("the log of Waiting for domain web (domid 7) to die\n", 7));
}

static void what_is_no_such_line_names_none(void **state)
{
    (void)state;
    assert_false(waits("\n", 0));
    assert_false(waits("Waiting for domain web\n", 0));
    assert_false(waits("Waiting for domain web (domid )\n", 0));
    assert_false(waits("Waiting for domain web (domid 7\n", 7));
    assert_false(waits("Waiting for domain web (domid 7) to", 7));
}

static void long_lines_are_one_line(void **state)
{
    auto_str text = STR_INIT;

    (void)state;
    str_add(&text, "Waiting for domain ");
    str_add_repeat(&text, 'x', 5000);
    str_add(&text, " (domid 12) to die [pid 1]");
    assert_true(waits(str_text(&text), 12));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_names_the_domain),
        cmocka_unit_test(the_last_line_holds),
        cmocka_unit_test(a_name_cannot_pretend),
        cmocka_unit_test(what_is_no_such_line_names_none),
        cmocka_unit_test(long_lines_are_one_line),
    };

    return cmocka_run_group_tests_name("xl-monitor", tests, NULL, NULL);
}
