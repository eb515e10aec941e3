/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the on_* keys come to, and what is left of that when the host stops. */
#include "../unit/unit.h"

#include "model/domain.h"
#include "supervise/policy.h"

static void each_reason_has_its_key(void **state)
{
    const libxl_domain_config config = {
        .on_poweroff = LIBXL_ACTION_ON_SHUTDOWN_DESTROY,
        .on_reboot = LIBXL_ACTION_ON_SHUTDOWN_RESTART,
        .on_crash = LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_RESTART,
        .on_watchdog = LIBXL_ACTION_ON_SHUTDOWN_PRESERVE,
        .on_soft_reset = LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET,
    };

    (void)state;
    assert_int_equal(policy_action(&config, SHUTDOWN_POWEROFF), LIBXL_ACTION_ON_SHUTDOWN_DESTROY);
    assert_int_equal(policy_action(&config, SHUTDOWN_REBOOT), LIBXL_ACTION_ON_SHUTDOWN_RESTART);
    assert_int_equal(policy_action(&config, SHUTDOWN_CRASH),
                     LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_RESTART);
    assert_int_equal(policy_action(&config, SHUTDOWN_WATCHDOG), LIBXL_ACTION_ON_SHUTDOWN_PRESERVE);
    assert_int_equal(policy_action(&config, SHUTDOWN_SOFT_RESET),
                     LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET);
    assert_int_equal(policy_action(&config, 99), LIBXL_ACTION_ON_SHUTDOWN_DESTROY);
}

static void nothing_goes_on_when_the_host_stops(void **state)
{
    static const struct {
        libxl_action_on_shutdown action, last;
    } cases[] = {
        { LIBXL_ACTION_ON_SHUTDOWN_DESTROY, LIBXL_ACTION_ON_SHUTDOWN_DESTROY },
        { LIBXL_ACTION_ON_SHUTDOWN_RESTART, LIBXL_ACTION_ON_SHUTDOWN_DESTROY },
        { LIBXL_ACTION_ON_SHUTDOWN_RESTART_RENAME, LIBXL_ACTION_ON_SHUTDOWN_DESTROY },
        { LIBXL_ACTION_ON_SHUTDOWN_PRESERVE, LIBXL_ACTION_ON_SHUTDOWN_PRESERVE },
        { LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_DESTROY, LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_DESTROY },
        { LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_RESTART, LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_DESTROY },
        { LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET, LIBXL_ACTION_ON_SHUTDOWN_DESTROY },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(policy_final(cases[i].action), cases[i].last);
        assert_false(policy_restarts(policy_final(cases[i].action)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_has_its_key),
        cmocka_unit_test(nothing_goes_on_when_the_host_stops),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
