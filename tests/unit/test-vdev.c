/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From names of disks to their numbers and back. */
#include "unit.h"

#include "base/vdev.h"

static void check(const char *name, long number)
{
    char *back = vdev_name((unsigned long)number);

    assert_int_equal(vdev_number(name), number);
    assert_string_equal(back, name);
    free(back);
}

static void there_and_back(void **state)
{
    (void)state;
    check("xvda", 51712);
    check("xvdb", 51728);
    check("xvda1", 51713);
    check("xvdp15", 51967);
    check("xvdq", (1 << 28) | (16 << 8));
    check("xvdq3", (1 << 28) | (16 << 8) | 3);
    check("xvdz", (1 << 28) | (25 << 8));
    check("xvdaa", (1 << 28) | (26 << 8));
    check("xvdzz3", (1 << 28) | (701 << 8) | 3);
    check("xvda16", (1 << 28) | 16);
    check("hda", 768);
    check("hdb", 832);
    check("hdc", 5632);
    check("hdd2", 5698);
    check("sda", 2048);
    check("sda1", 2049);
    check("sdp15", 2303);
}

static void numbers_without_a_name(void **state)
{
    (void)state;
    check("0", 0);
    check("1", 1);
    check("999", 999);
    check("4096", 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(numbers_without_a_name),
    };

    return cmocka_run_group_tests_name("vdev", tests, NULL, NULL);
}
