/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU pools: how words name them, and their layouts. */
#include "unit.h"

#include "model/pool.h"

static char zero[] = "Pool-0", batch[] = "batch", number[] = "7";
static uint32_t first[] = { 0, 1, 3 };
static struct pool pools[] = {
    { .id = 0, .name = zero, .scheduler = "credit2", .cpus = first, .cpu_count = 3, .domains = 12 },
    { .id = 1, .name = batch, .scheduler = "credit" },
    { .id = 5, .name = number, .scheduler = "null" },
};
static const struct pool_list list = { pools, ARRAY_SIZE(pools) };

static void words_name_pools(void **state)
{
    struct error *error = NULL;

    (void)state;
    assert_ptr_equal(pool_list_find(&list, "batch", NULL), &pools[1]);
    assert_ptr_equal(pool_list_find(&list, "0", NULL), &pools[0]);
    assert_ptr_equal(pool_list_find(&list, "5", NULL), &pools[2]);
    /* Somebody called it so, and nothing has that number. */
    assert_ptr_equal(pool_list_find(&list, "7", NULL), &pools[2]);
    assert_null(pool_list_find(&list, "Batch", &error));
    check_error(error, ERR_POOL_NOT_FOUND, "no CPU pool is called 'Batch'",
                "'xn cpupool-list' shows the pools that are here");
    error = NULL;
    assert_null(pool_list_find(&list, "9", &error));
    check_error(error, ERR_POOL_NOT_FOUND, "no CPU pool has the number 9",
                "'xn cpupool-list' shows the pools that are here");
    error = NULL;
    assert_null(pool_list_find(&list, "-1", &error));
    check_error(error, ERR_POOL_NOT_FOUND, "no CPU pool is called '-1'",
                "'xn cpupool-list' shows the pools that are here");
}

static void cpus_have_owners(void **state)
{
    (void)state;
    assert_ptr_equal(pool_list_owner(&list, 3), &pools[0]);
    assert_null(pool_list_owner(&list, 2));
    assert_true(pool_has_cpu(&pools[0], 1));
    assert_false(pool_has_cpu(&pools[1], 1));
}

static void check_line(bool cpus, const struct pool *pool, const char *expected)
{
    auto_str text = STR_INIT;

    pool_xl_column(cpus)->cell(&text, pool);
    assert_string_equal(str_text(&text), expected);
}

static void the_layouts_are_those_of_xl(void **state)
{
    auto_free char *plain = xasprintf("%-19sCPUs   Sched     Active   Domain count", "Name");
    auto_free char *with_cpus = xasprintf("%-19sCPU list", "Name");

    (void)state;
    assert_string_equal(pool_xl_column(false)->title, plain);
    assert_string_equal(pool_xl_column(true)->title, with_cpus);
    check_line(false, &pools[0], "Pool-0               3   credit2       y         12");
    check_line(false, &pools[1], "batch                0    credit       y          0");
    check_line(true, &pools[0], "Pool-0             0,1,3");
    check_line(true, &pools[1], "batch              ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_name_pools),
        cmocka_unit_test(cpus_have_owners),
        cmocka_unit_test(the_layouts_are_those_of_xl),
    };

    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
