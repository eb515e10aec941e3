/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The layouts of the sched commands, and what no scheduler takes. */
#include "unit.h"

#include "model/sched.h"

static char web[] = "web", zero[] = "Pool-0";
static const struct sched_pool pool = {
    .name = zero, .known = true, .tslice_ms = 30, .ratelimit_us = 1000, .migration_delay_us = 5
};
static const struct domain domain = { .domid = 3, .name = web };

static void check_line(enum sched_kind kind, bool vcpus, const struct sched_row *row,
                       const char *expected)
{
    auto_str text = STR_INIT;

    sched_xl_column(kind, vcpus)->cell(&text, row);
    assert_string_equal(str_text(&text), expected);
}

static void headers_are_those_of_xl(void **state)
{
    auto_free char *credit = xasprintf("%-33s %4s %6s %4s", "Name", "ID", "Weight", "Cap");
    auto_free char *rtds =
        xasprintf("%-33s %4s %9s %9s %10s", "Name", "ID", "Period", "Budget", "Extratime");
    auto_free char *vcpus = xasprintf("%-33s %4s %4s %9s %9s %10s", "Name", "ID", "VCPU", "Period",
                                      "Budget", "Extratime");

    (void)state;
    assert_string_equal(sched_xl_column(SCHED_CREDIT, false)->title, credit);
    assert_string_equal(sched_xl_column(SCHED_CREDIT2, false)->title, credit);
    assert_string_equal(sched_xl_column(SCHED_RTDS, false)->title, rtds);
    assert_string_equal(sched_xl_column(SCHED_RTDS, true)->title, vcpus);
}

static void lines_are_those_of_xl(void **state)
{
    struct sched_row row = { .pool = &pool, .domain = &domain, .weight = 256, .cap = 50 };

    (void)state;
    check_line(SCHED_CREDIT, false, &row, "web                                  3    256   50");
    row.period_us = 10000;
    row.budget_us = 4000;
    check_line(SCHED_RTDS, false, &row,
               "web                                  3     10000      4000         no");
    row.has_vcpu = row.extratime = true;
    row.vcpu = 1;
    check_line(SCHED_RTDS, true, &row,
               "web                                  3    1     10000      4000        yes");
}

static void check_pool(enum sched_kind kind, const struct sched_pool *row, const char *expected)
{
    auto_str text = STR_INIT;

    sched_pool_xl_line(kind, row, &text);
    assert_string_equal(str_text(&text), expected);
}

static void pools_have_a_line_of_their_own(void **state)
{
    struct sched_pool unknown = { .name = zero };

    (void)state;
    check_pool(SCHED_CREDIT, &pool,
               "Cpupool Pool-0: tslice=30ms ratelimit=1000us migration-delay=5us\n");
    check_pool(SCHED_CREDIT2, &pool, "Cpupool Pool-0: ratelimit=1000us\n");
    check_pool(SCHED_CREDIT2, &unknown, "Cpupool Pool-0: [sched params unavailable]\n");
    check_pool(SCHED_RTDS, &unknown, "Cpupool Pool-0: sched=RTDS\n");
}

static void a_row_of_a_pool_has_no_domain(void **state)
{
    struct sched_row row = { .pool = &pool };
    struct value value = column_value(column_find(&sched_credit_columns, "weight"), &row);

    (void)state;
    assert_int_equal(value.type, VALUE_NULL);
    value = column_value(column_find(&sched_credit_columns, "name"), &row);
    assert_int_equal(value.type, VALUE_NULL);
    value = column_value(column_find(&sched_credit_columns, "tslice_ms"), &row);
    assert_int_equal(value.uinteger, 30);
}

static void changes_have_limits(void **state)
{
    struct sched_change change = SCHED_CHANGE_NONE;
    struct error *error = NULL;

    (void)state;
    assert_false(sched_change_domain(&change));
    assert_false(sched_change_pool(&change));
    assert_int_equal(sched_change_check(SCHED_CREDIT, &change, NULL), 0);
    change.weight = 65535;
    change.ratelimit_us = 0;
    assert_true(sched_change_domain(&change));
    assert_true(sched_change_pool(&change));
    assert_int_equal(sched_change_check(SCHED_CREDIT2, &change, NULL), 0);
    change.weight = 0;
    assert_int_equal(sched_change_check(SCHED_CREDIT, &change, &error), -1);
    check_error(error, ERR_USAGE, "weight 0 is out of range: it can be 1 to 65535", NULL);
    change = (struct sched_change)SCHED_CHANGE_NONE;
    change.period_us = 10;
    change.budget_us = 11;
    error = NULL;
    assert_int_equal(sched_change_check(SCHED_RTDS, &change, &error), -1);
    check_error(error, ERR_USAGE, "a budget of 11 us does not fit into 10 us", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_those_of_xl),
        cmocka_unit_test(lines_are_those_of_xl),
        cmocka_unit_test(pools_have_a_line_of_their_own),
        cmocka_unit_test(a_row_of_a_pool_has_no_domain),
        cmocka_unit_test(changes_have_limits),
    };

    return cmocka_run_group_tests_name("sched", tests, NULL, NULL);
}
