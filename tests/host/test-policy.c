/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the on_* keys come to, how soon, and what is left of that when the host stops. */
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

static void names_are_those_of_the_configuration(void **state)
{
    (void)state;
    assert_string_equal(policy_action_name(LIBXL_ACTION_ON_SHUTDOWN_RESTART_RENAME),
                        "rename-restart");
    assert_string_equal(policy_action_name(LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET), "soft-reset");
    assert_string_equal(policy_action_name(LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_DESTROY),
                        "coredump-destroy");
}

static void a_guest_in_a_loop_waits_longer_and_longer(void **state)
{
    static const unsigned seconds[] = { 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60 };

    (void)state;
    for (unsigned i = 0; i < sizeof(seconds) / sizeof(*seconds); i++)
        assert_int_equal(policy_delay_seconds(i), seconds[i]);
    assert_int_equal(policy_delay_seconds(UINT32_MAX), 60);
}

static void places_follow_the_cpus(void **state)
{
    (void)state;
    assert_int_equal(policy_places(-1), 4); /* nobody knows how many there are */
    assert_int_equal(policy_places(2), 4);
    assert_int_equal(policy_places(5), 10);
    assert_int_equal(policy_places(16), 32);
    assert_int_equal(policy_places(256), 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_has_its_key),
        cmocka_unit_test(nothing_goes_on_when_the_host_stops),
        cmocka_unit_test(names_are_those_of_the_configuration),
        cmocka_unit_test(a_guest_in_a_loop_waits_longer_and_longer),
        cmocka_unit_test(places_follow_the_cpus),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
