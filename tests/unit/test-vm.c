/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The layout of vm-list. */
#include "unit.h"

#include "model/vm.h"

static void check_line(const struct domain *domain, const char *expected)
{
    auto_str text = STR_INIT;

    for (size_t i = 0; i < VM_XL_COLUMNS; i++)
        vm_xl_columns[i].cell(&text, domain);
    assert_string_equal(str_text(&text), expected);
}

static void the_header_is_that_of_xl(void **state)
{
    auto_str text = STR_INIT;

    (void)state;
    for (size_t i = 0; i < VM_XL_COLUMNS; i++)
        str_add(&text, vm_xl_columns[i].title);
    assert_string_equal(str_text(&text), "UUID                                  ID    name");
}

static void lines_are_those_of_xl(void **state)
{
    char name[] = "web", evil[] = "\33c";
    struct domain domain = { .domid = 12,
                             .uuid = "7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47",
                             .name = name };

    (void)state;
    check_line(&domain,
               "7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47  12    web                           ");
    domain.name = NULL;
    check_line(&domain,
               "7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47  12    (null)                        ");
    domain.name = evil;
    check_line(&domain,
               "7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47  12    \\x1bc                         ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_is_that_of_xl),
        cmocka_unit_test(lines_are_those_of_xl),
    };

    return cmocka_run_group_tests_name("vm", tests, NULL, NULL);
}
