/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Deadlines; see clock.h. */
#include "base/clock.h"

#include <limits.h>
#include <time.h>

uint64_t clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t deadline_after(uint64_t timeout_ms)
{
    uint64_t deadline_ms;

    if (__builtin_add_overflow(clock_ms(), timeout_ms, &deadline_ms))
        return DEADLINE_NEVER;
    return deadline_ms;
}

int deadline_poll_ms(uint64_t deadline_ms)
{
    uint64_t now_ms = clock_ms();

    if (deadline_ms == DEADLINE_NEVER)
        return -1;
    if (deadline_ms <= now_ms)
        return 0;
    return deadline_ms - now_ms > INT_MAX ? INT_MAX : (int)(deadline_ms - now_ms);
}
