/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is said when there is too little memory for a guest. */
#include "unit.h"

#include "model/memory.h"

#define MIB 1024u

static char web[] = "web", mail[] = "mail", wild[] = "a\033[1m", small[] = "small", tiny[] = "tiny",
            last[] = "last", dom0[] = "Domain-0";

static struct domain domains[] = {
    { .domid = 0, .name = dom0, .memory_kib = 1024 * MIB },
    { .domid = 1, .name = mail, .memory_kib = 512 * MIB },
    { .domid = 2, .name = web, .memory_kib = 4096 * MIB },
    { .domid = 3, .memory_kib = 64 * MIB, .dying = true },
    { .domid = 4, .name = wild, .memory_kib = 256 * MIB, .shutdown = true },
    { .domid = 5, .memory_kib = 128 * MIB },
    { .domid = 6, .name = small, .memory_kib = 32 * MIB },
    { .domid = 7, .name = tiny, .memory_kib = 16 * MIB },
    { .domid = 8, .name = last, .memory_kib = 8 * MIB },
};
static const struct domain_list everybody = { domains, ARRAY_SIZE(domains) };
static const struct domain_list nobody = { domains, 1 };

/* A guest of 2048 MiB, and 1000 MiB to be had. */
static struct memory_outlook sample(enum balloon balloon)
{
    return (struct memory_outlook){
        .guest_kib = 2048 * MIB,
        .needed_kib = 2060 * MIB,
        .free_kib = 1100 * MIB,
        .claimed_kib = 100 * MIB,
        .dying_kib = 64 * MIB,
        .dom0_kib = 1024 * MIB,
        .dom0_min_kib = 128 * MIB,
        .balloon = balloon,
    };
}

static void sums_are_right(void **state)
{
    struct memory_outlook outlook = sample(BALLOON_ON);

    (void)state;
    assert_int_equal(memory_dying_kib(&everybody), 64 * MIB);
    assert_int_equal(memory_unclaimed_kib(&outlook), 1000 * MIB);
    assert_int_equal(memory_dom0_gives_kib(&outlook), 896 * MIB);
    assert_int_equal(memory_obtainable_kib(&outlook), 1896 * MIB);
    outlook.balloon = BALLOON_FIXED;
    assert_int_equal(memory_dom0_gives_kib(&outlook), 0);
    assert_int_equal(memory_obtainable_kib(&outlook), 1000 * MIB);
}

static void sums_never_wrap(void **state)
{
    struct memory_outlook outlook = {
        .free_kib = 1, .claimed_kib = 2, .dom0_kib = 3, .dom0_min_kib = 4, .balloon = BALLOON_ON
    };

    (void)state;
    assert_int_equal(memory_obtainable_kib(&outlook), 0);
}

static void numbers_are_rounded_to_the_worse(void **state)
{
    struct memory_outlook outlook = { .needed_kib = 100 * MIB + 1, .free_kib = 100 * MIB - 1 };
    auto_free char *summary = memory_summary(&outlook);

    (void)state;
    assert_string_equal(summary, "101 MiB needed, 99 MiB can be had");
}

static void check_line(const struct error *error, size_t line, const char *expected)
{
    assert_true(line < error->detail.count);
    assert_string_equal(error->detail.items[line], expected);
}

static void an_error_is_arithmetic(void **state)
{
    struct memory_outlook outlook = sample(BALLOON_ON);
    struct error *error = NULL;

    (void)state;
    assert_int_equal(memory_error(&outlook, "new", &everybody, &error), -1);
    assert_int_equal(error->detail.count, 4);
    check_line(error, 0, "needed: 2060 MiB: 2048 of the guest and 12 beside it");
    check_line(error, 1,
               "free: 1000 MiB; 100 MiB more are claimed for guests that are being built; 64 MiB "
               "more are held by domains that are dying");
    check_line(error, 2, "domain 0: 1024 MiB; it can give 896 MiB and keeps 128 MiB");
    check_line(error, 3,
               "the rest: 'web' 4096 MiB, 'mail' 512 MiB, 'a\\x1b[1m' 256 MiB (shut down), 'domain "
               "5' 128 MiB, 'small' 32 MiB, 2 more 24 MiB");
    check_error(error, ERR_NO_MEMORY,
                "cannot create 'new': not enough memory: 2060 MiB needed, 1896 MiB can be had",
                "lower memory= to 1884, or end a guest: 'a\\x1b[1m' has enough");
}

static void it_says_why_domain_0_gives_none(void **state)
{
    struct memory_outlook outlook = sample(BALLOON_OFF);
    struct error *error = NULL;

    (void)state;
    outlook.claimed_kib = outlook.dying_kib = 0;
    outlook.needed_kib = 1500 * MIB;
    outlook.guest_kib = 1490 * MIB;
    memory_error(&outlook, "new", &nobody, &error);
    check_line(error, 1, "free: 1100 MiB");
    check_line(error, 2, "domain 0: 1024 MiB; it gives none, since autoballoon is off in xl.conf");
    check_line(error, 3, "no other guest holds any");
    check_error(error, ERR_NO_MEMORY,
                "cannot create 'new': not enough memory: 1500 MiB needed, 1100 MiB can be had",
                "lower memory= to 1090, or take it from domain 0 with 'mem-set 0 624'");
    error = NULL;
    outlook.balloon = BALLOON_FIXED;
    memory_error(&outlook, "new", &nobody, &error);
    check_line(error, 2, "domain 0: 1024 MiB; it gives none, since Xen was started with dom0_mem=");
    error_free(error);
    error = NULL;
    outlook.balloon = BALLOON_STUCK;
    memory_error(&outlook, "new", &nobody, &error);
    check_line(error, 2, "domain 0: 1024 MiB; it was asked for more and gave none in time");
    check_error(error, ERR_NO_MEMORY,
                "cannot create 'new': not enough memory: 1500 MiB needed, 1100 MiB can be had",
                "lower memory= to 1090");
}

static void check_advice(const struct memory_outlook *outlook, const struct domain_list *list,
                         const char *expected)
{
    auto_free char *advice = memory_advice(outlook, list);

    assert_string_equal(advice, expected);
}

static void advice_fits_the_case(void **state)
{
    struct memory_outlook outlook = sample(BALLOON_ON);

    (void)state;
    outlook.dying_kib = 200 * MIB;
    check_advice(&outlook, &nobody,
                 "wait until the dying domains are gone, or lower memory= to 1884");
    outlook.saved = true;
    check_advice(&outlook, &nobody, "wait until the dying domains are gone");
    outlook.dying_kib = 0;
    outlook.needed_kib += 1 << 30;
    outlook.guest_kib += 1 << 30;
    outlook.free_kib = outlook.dom0_kib = 0;
    check_advice(&outlook, &everybody, "this host is too small for it as it is");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_right),
        cmocka_unit_test(sums_never_wrap),
        cmocka_unit_test(numbers_are_rounded_to_the_worse),
        cmocka_unit_test(an_error_is_arithmetic),
        cmocka_unit_test(it_says_why_domain_0_gives_none),
        cmocka_unit_test(advice_fits_the_case),
    };

    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
