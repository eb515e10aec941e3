/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The meaning of on_poweroff, on_reboot and their kind; see policy.h. */
#include "supervise/policy.h"

#include "config/keys.h"
#include "model/domain.h"

libxl_action_on_shutdown policy_action(const libxl_domain_config *config, int reason)
{
    switch (reason) {
    case SHUTDOWN_POWEROFF:
        return config->on_poweroff;
    case SHUTDOWN_REBOOT:
        return config->on_reboot;
    case SHUTDOWN_CRASH:
        return config->on_crash;
    case SHUTDOWN_WATCHDOG:
        return config->on_watchdog;
    case SHUTDOWN_SOFT_RESET:
        return config->on_soft_reset;
    default:
        return LIBXL_ACTION_ON_SHUTDOWN_DESTROY;
    }
}

const char *policy_action_name(libxl_action_on_shutdown action)
{
    for (const struct key_choice *choice = shutdown_actions; choice->text; choice++)
        if (choice->value == (int)action)
            return choice->text;
    return "unknown";
}

bool policy_restarts(libxl_action_on_shutdown action)
{
    return action == LIBXL_ACTION_ON_SHUTDOWN_RESTART ||
           action == LIBXL_ACTION_ON_SHUTDOWN_RESTART_RENAME ||
           action == LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_RESTART;
}

libxl_action_on_shutdown policy_final(libxl_action_on_shutdown action)
{
    if (action == LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_RESTART)
        return LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_DESTROY;
    if (policy_restarts(action) || action == LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET)
        return LIBXL_ACTION_ON_SHUTDOWN_DESTROY;
    return action;
}

bool policy_dumps_core(libxl_action_on_shutdown action)
{
    return action == LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_DESTROY ||
           action == LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_RESTART;
}

bool policy_is_crash(int reason)
{
    return reason == SHUTDOWN_CRASH || reason == SHUTDOWN_WATCHDOG;
}

#define DELAY_MAX 60

unsigned policy_delay_seconds(unsigned quick_ends)
{
    if (quick_ends < 3)
        return 0;
    return quick_ends >= 9 ? DELAY_MAX : 1u << (quick_ends - 3);
}

#define PLACES_MIN 4
#define PLACES_MAX 32

size_t policy_places(long cpus)
{
    if (cpus * 2 < PLACES_MIN)
        return PLACES_MIN;
    return cpus * 2 > PLACES_MAX ? PLACES_MAX : (size_t)cpus * 2;
}
