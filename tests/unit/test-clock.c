/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Deadlines: never, passed, far away. */
#include "unit.h"

#include <limits.h>
#include <unistd.h>

#include "base/clock.h"

static void time_goes_forward(void **state)
{
    uint64_t before = clock_ms();

    (void)state;
    usleep(20000);
    assert_true(clock_ms() >= before + 19);
}

static void deadlines_lie_ahead(void **state)
{
    uint64_t now = clock_ms(), deadline = deadline_after(5000);

    (void)state;
    assert_true(deadline >= now + 5000);
    assert_true(deadline < now + 10000);
    assert_in_range(deadline_poll_ms(deadline), 1, 5000);
}

static void never_stays_never(void **state)
{
    (void)state;
    assert_true(deadline_after(UINT64_MAX) == DEADLINE_NEVER);
    assert_true(deadline_after(UINT64_MAX - 1) == DEADLINE_NEVER); /* would overflow */
    assert_int_equal(deadline_poll_ms(DEADLINE_NEVER), -1);
}

static void poll_gets_what_it_can_take(void **state)
{
    (void)state;
    assert_int_equal(deadline_poll_ms(0), 0);
    assert_int_equal(deadline_poll_ms(clock_ms()), 0);
    assert_int_equal(deadline_poll_ms(deadline_after((uint64_t)INT_MAX * 2)), INT_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_goes_forward),
        cmocka_unit_test(deadlines_lie_ahead),
        cmocka_unit_test(never_stays_never),
        cmocka_unit_test(poll_gets_what_it_can_take),
    };

    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
