/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Time that only goes forward, for deadlines and durations. */
#ifndef XN_BASE_CLOCK_H
#define XN_BASE_CLOCK_H

#include <stdint.h>

#define DEADLINE_NEVER UINT64_MAX

/* Milliseconds of CLOCK_MONOTONIC. */
uint64_t clock_ms(void);
/* timeout_ms from now; DEADLINE_NEVER stays what it is. */
uint64_t deadline_after(uint64_t timeout_ms);
/* What is left, as poll wants it: -1 for never, 0 when it has passed, at most INT_MAX. */
int deadline_poll_ms(uint64_t deadline_ms);

#endif
