/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration of CPU pools. */
#include "../unit/unit.h"

#include <libxl_utils.h>
#include <stdio.h>
#include <unistd.h>

#include "config/pool.h"

static int node_cpus(void *context, unsigned node, libxl_bitmap *cpus, struct error **error)
{
    (void)context;
    (void)error;
    libxl_bitmap_set(cpus, (int)node * 2);
    libxl_bitmap_set(cpus, (int)node * 2 + 1);
    return 0;
}

static const struct host_facts facts = { .cpus = 4, .nodes = 2, .node_cpus = node_cpus };

/* Up to three settings; NULL ends them. */
static int read_words(struct pool_config *config, struct diagnostics *diagnostics,
                      struct error **error, const char *a, const char *b, const char *c)
{
    const char *words[] = { a, b, c };
    auto_string_list list = STRING_LIST_INIT;
    struct config_request request = { .assignments = &list, .facts = &facts };

    for (size_t i = 0; i < 3 && words[i]; i++)
        string_list_add(&list, words[i]);
    return pool_config_read(&request, diagnostics, config, error);
}

static void check_cpus(const struct pool_config *config, unsigned expected)
{
    for (int cpu = 0; cpu < 8; cpu++)
        assert_int_equal(libxl_bitmap_test(&config->cpus, cpu) != 0, (expected >> cpu) & 1);
}

static void check_good(const char *setting, unsigned cpus)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    struct pool_config config;

    check_success(read_words(&config, &diagnostics, &error, "name=\"p\"", setting, NULL), error);
    assert_int_equal(diagnostics.count, 0);
    check_cpus(&config, cpus);
    pool_config_release(&config);
}

static void check_bad(const char *setting, const char *message)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    struct pool_config config;

    assert_int_equal(read_words(&config, &diagnostics, &error, "name=\"p\"", setting, NULL), -1);
    assert_int_equal(error->code, ERR_CONFIG);
    if (!strstr(error->message, message))
        print_error("'%s' is not in '%s'\n", message, error->message);
    assert_non_null(strstr(error->message, message));
    pool_config_release(&config);
}

static void settings_are_read(void **state)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    struct pool_config config;

    (void)state;
    check_success(read_words(&config, &diagnostics, &error, "name=\"batch\"", "sched=\"credit\"",
                             "cpus=\"2-3\""),
                  error);
    assert_string_equal(config.name, "batch");
    assert_string_equal(config.scheduler, "credit");
    assert_false(config.by_nodes);
    check_cpus(&config, 0xc);
    pool_config_release(&config);
}

static void cpus_are_texts_lists_or_nodes(void **state)
{
    (void)state;
    check_good("cpus=\"0,3\"", 0x9);
    check_good("cpus=[\"0\",\"3\"]", 0x9);
    check_good("cpus=[0,3]", 0x9);
    check_good("cpus=2", 0x4);
    check_good("cpus=\"all,^1\"", 0xd);
    check_good("cpus=\"node:1\"", 0xc);
    check_good("nodes=[1]", 0xc);
    check_good("nodes=\"0-1\"", 0xf);
    check_good("cpus=[]", 0);
}

static void mistakes_are_told_with_their_place(void **state)
{
    (void)state;
    check_bad("cpus=\"9\"", "argument 2:1:6: this host has no CPU 9: it has 4");
    check_bad("nodes=[2]", "argument 2:1:8: this host has no node 2: it has 2");
    check_bad("cpus=\"x\"", "'x' is no set of CPUs");
    check_bad("sched=\"credit3\"", "there is no scheduler 'credit3'; did you mean 'credit'?");
    check_bad("sched=[\"credit\"]", "'sched' cannot be a list");
    check_bad("name=[\"p\"]", "'name' cannot be a list");
    check_bad("cpus=", "argument 2");
}

static void unknown_keys_are_warnings(void **state)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    struct pool_config config;

    (void)state;
    check_success(read_words(&config, &diagnostics, &error, "name=\"p\"", "node=[1]", "cpus=\"0\""),
                  error);
    assert_int_equal(diagnostics.count, 1);
    assert_string_equal(diagnostics.items[0].message, "unknown key 'node'");
    assert_string_equal(diagnostics.items[0].hint, "did you mean 'nodes'?");
    pool_config_release(&config);
}

static void nodes_win_over_cpus(void **state)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    struct pool_config config;

    (void)state;
    check_success(
        read_words(&config, &diagnostics, &error, "name=\"p\"", "nodes=[1]", "cpus=\"0\""), error);
    assert_true(config.by_nodes);
    check_cpus(&config, 0xc);
    assert_int_equal(diagnostics.count, 1);
    pool_config_release(&config);
}

static void a_name_is_needed(void **state)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    struct pool_config config;

    (void)state;
    assert_int_equal(read_words(&config, &diagnostics, &error, "cpus=\"0\"", NULL, NULL), -1);
    assert_non_null(strstr(error->message, "the CPU pool has no name"));
    pool_config_release(&config);
}

static void a_file_names_its_pool(void **state)
{
    struct config_request request = { .file = "/dev/null", .facts = &facts };
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    struct pool_config config;

    (void)state;
    check_success(pool_config_read(&request, &diagnostics, &config, &error), error);
    assert_string_equal(config.name, "null");
    assert_null(config.scheduler);
    pool_config_release(&config);
    request.file = "/nowhere/at/all";
    assert_int_equal(pool_config_read(&request, &diagnostics, &config, &error), -1);
    assert_int_equal(error->code, ERR_FILE);
    pool_config_release(&config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_read),
        cmocka_unit_test(cpus_are_texts_lists_or_nodes),
        cmocka_unit_test(mistakes_are_told_with_their_place),
        cmocka_unit_test(unknown_keys_are_warnings),
        cmocka_unit_test(nodes_win_over_cpus),
        cmocka_unit_test(a_name_is_needed),
        cmocka_unit_test(a_file_names_its_pool),
    };

    return cmocka_run_group_tests_name("pool config", tests, NULL, NULL);
}
