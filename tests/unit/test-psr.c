/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The texts about shared cache and bandwidth, for which hardly a test machine has the CPU. */
#include "unit.h"

#include "model/psr.h"

static char web[] = "web", db[] = "db";
static struct domain domains[] = { { .domid = 1, .name = web }, { .domid = 2, .name = db } };

static void features_are_told_as_xl_does(void **state)
{
    auto_psr_feature_list list = { NULL, 0 };
    auto_str text = STR_INIT;
    struct psr_feature *feature = psr_feature_list_add(&list, PSR_CMT);

    (void)state;
    feature->rmids = 55;
    string_list_add(&feature->monitors, "cache-occupancy");
    feature = psr_feature_list_add(&list, PSR_L3_CAT);
    feature->socket = 1;
    feature->l3_cache_kib = 12288;
    feature->cos_max = 15;
    feature->cbm_bits = 12;
    psr_feature_text(PSR_CMT, &list, &text);
    psr_feature_text(PSR_L3_CAT, &list, &text);
    assert_string_equal(str_text(&text), "Cache Monitoring Technology (CMT):\n"
                                         "Enabled         : 1\n"
                                         "Total RMID      : 55\n"
                                         "Supported monitor types:\n"
                                         "cache-occupancy\n"
                                         "Cache Allocation Technology (CAT):\n"
                                         "Socket ID       : 1\n"
                                         "L3 Cache        : 12288KB\n"
                                         "CDP Status      : Disabled\n"
                                         "Maximum COS     : 15\n"
                                         "CBM length      : 12\n"
                                         "Default CBM     : 0xfff\n");
}

static void monitoring_may_be_off(void **state)
{
    auto_psr_feature_list list = { NULL, 0 };
    auto_str text = STR_INIT;

    (void)state;
    psr_feature_list_add(&list, PSR_CMT)->enabled = false;
    psr_feature_text(PSR_CMT, &list, &text);
    assert_string_equal(str_text(&text), "Cache Monitoring Technology (CMT):\n"
                                         "Enabled         : 0\n");
}

static void masks_are_told_as_xl_does(void **state)
{
    struct psr_feature feature = {
        .kind = PSR_L3_CAT, .l3_cache_kib = 12288, .cbm_bits = 12, .cdp = true
    };
    auto_psr_value_list list = { NULL, 0 };
    auto_str text = STR_INIT;

    (void)state;
    *psr_value_list_add(&list) = (struct psr_value){ .domain = &domains[0],
                                                     .known = true,
                                                     .number = 0xf0,
                                                     .data_known = true,
                                                     .data = 0xf,
                                                     .feature = &feature };
    *psr_value_list_add(&list) = (struct psr_value){ .domain = &domains[1], .feature = &feature };
    psr_limit_text(&feature, &list, &text);
    assert_string_equal(str_text(&text),
                        "Socket ID       : 0\n"
                        "L3 Cache        : 12288KB\n"
                        "Default CBM     : 0xfff\n"
                        "   ID                     NAME      CBM (code)      CBM (data)\n"
                        "    1                      web            0xf0             0xf\n"
                        "    2                       db           error           error\n");
}

static void linear_throttles_are_decimal(void **state)
{
    struct psr_feature feature = { .kind = PSR_MBA, .linear = true };
    auto_psr_value_list list = { NULL, 0 };
    auto_str text = STR_INIT;

    (void)state;
    *psr_value_list_add(&list) = (struct psr_value){
        .domain = &domains[0], .known = true, .number = 40, .feature = &feature
    };
    psr_limit_text(&feature, &list, &text);
    assert_string_equal(str_text(&text), "Socket ID       : 0\n"
                                         "Default THRTL   : 0\n"
                                         "   ID                     NAME           THRTL\n"
                                         "    1                      web              40\n");
}

static void monitors_have_a_column_for_each_socket(void **state)
{
    static const uint32_t sockets[] = { 0, 1 }, caches[] = { 12288, 12288 };
    struct psr_monitor monitor = {
        .rmids = 55, .sockets = sockets, .l3_cache_kib = caches, .socket_count = 2
    };
    auto_psr_value_list list = { NULL, 0 };
    auto_str text = STR_INIT;

    (void)state;
    for (uint32_t i = 0; i < 2; i++)
        *psr_value_list_add(&list) = (struct psr_value){
            .domain = &domains[0], .socket = i, .known = true, .number = 100 + i
        };
    psr_monitor_text(&monitor, &list, &text);
    assert_string_equal(str_text(&text),
                        "Total RMID: 55\n"
                        "Name                                        ID        Socket 0"
                        "        Socket 1\n"
                        "Total L3 Cache Size                                   12288 KB"
                        "        12288 KB\n"
                        "web                                          1          100 KB"
                        "          101 KB\n");
    str_clear(&text);
    monitor.bandwidth = true;
    psr_monitor_text(&monitor, &list, &text);
    assert_string_equal(str_text(&text),
                        "Total RMID: 55\n"
                        "Name                                        ID        Socket 0"
                        "        Socket 1\n"
                        "web                                          1        100 KB/s"
                        "        101 KB/s\n");
}

static void a_full_mask_has_all_bits(void **state)
{
    (void)state;
    assert_int_equal(psr_full_mask(20), 0xfffff);
    assert_true(psr_full_mask(64) == UINT64_MAX);
    assert_int_equal(psr_full_mask(0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_are_told_as_xl_does),
        cmocka_unit_test(monitoring_may_be_off),
        cmocka_unit_test(masks_are_told_as_xl_does),
        cmocka_unit_test(linear_throttles_are_decimal),
        cmocka_unit_test(monitors_have_a_column_for_each_socket),
        cmocka_unit_test(a_full_mask_has_all_bits),
    };

    return cmocka_run_group_tests_name("psr", tests, NULL, NULL);
}
