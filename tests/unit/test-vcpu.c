/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The layouts of vcpu-list, claims and sharing. */
#include "unit.h"

#include "model/memory_use.h"
#include "model/vcpu.h"

static char web[] = "web", all[] = "all", some[] = "0-1,3";

static void check_line(const struct xl_column *column, const void *row, const char *expected)
{
    auto_str text = STR_INIT;

    column->cell(&text, row);
    assert_string_equal(str_text(&text), expected);
}

static void headers_are_those_of_xl(void **state)
{
    auto_free char *vcpus = xasprintf("%-32s %5s %5s %5s %5s %9s %s", "Name", "ID", "VCPU", "CPU",
                                      "State", "Time(s)", "Affinity (Hard / Soft)");
    auto_str text = STR_INIT;
    struct xl_column claims[DOMAIN_XL_COLUMNS_MAX];
    size_t count = claims_xl_columns(claims);

    (void)state;
    assert_string_equal(vcpu_xl_column.title, vcpus);
    assert_string_equal(sharing_xl_column.title,
                        "Name                                        ID   Mem Shared");
    for (size_t i = 0; i < count; i++)
        str_add(&text, claims[i].title);
    assert_string_equal(
        str_text(&text),
        "Name                                        ID   Mem VCPUs\tState\tTime(s)  Claimed");
}

static void lines_of_cpus_are_those_of_xl(void **state)
{
    struct domain domain = { .domid = 7, .name = web };
    struct vcpu vcpu = { .domain = &domain,
                         .number = 1,
                         .online = true,
                         .running = true,
                         .cpu = 3,
                         .cpu_time_ns = 12345678901,
                         .hard = all,
                         .soft = some };

    (void)state;
    check_line(&vcpu_xl_column, &vcpu,
               "web                                  7     1    3   r-- "
               "     12.3  all / 0-1,3");
    vcpu.running = false;
    vcpu.blocked = true;
    check_line(&vcpu_xl_column, &vcpu,
               "web                                  7     1    3   -b- "
               "     12.3  all / 0-1,3");
    vcpu.online = false;
    domain.name = NULL;
    check_line(&vcpu_xl_column, &vcpu,
               "(null)                               7     1    -   --p "
               "     12.3  all / 0-1,3");
}

static void what_is_offline_runs_nowhere(void **state)
{
    struct domain domain = { .domid = 7, .name = web };
    struct vcpu vcpu = { .domain = &domain, .cpu = 3, .has_node = true, .node = 1 };
    struct value value = column_value(column_find(&vcpu_columns, "cpu"), &vcpu);

    (void)state;
    assert_int_equal(value.type, VALUE_NULL);
    value = column_value(column_find(&vcpu_columns, "state"), &vcpu);
    assert_string_equal(value.text, "offline");
    vcpu.online = true;
    value = column_value(column_find(&vcpu_columns, "node"), &vcpu);
    assert_int_equal(value.uinteger, 1);
}

static void memory_is_in_mib_with_claims(void **state)
{
    struct domain domain = { .domid = 7,
                             .name = web,
                             .memory_kib = 3 << 10,
                             .claimed_kib = 5 << 10,
                             .shared_kib = 2 << 10 };
    struct xl_column claims[DOMAIN_XL_COLUMNS_MAX];
    size_t count = claims_xl_columns(claims);

    (void)state;
    check_line(&sharing_xl_column, &domain,
               "web                                          7     8      2");
    check_line(&claims[count - 1], &domain, "     5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_those_of_xl),
        cmocka_unit_test(lines_of_cpus_are_those_of_xl),
        cmocka_unit_test(what_is_offline_runs_nowhere),
        cmocka_unit_test(memory_is_in_mib_with_claims),
    };

    return cmocka_run_group_tests_name("vcpu", tests, NULL, NULL);
}
