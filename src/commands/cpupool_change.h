/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands share that change a CPU pool. */
#ifndef XN_COMMANDS_CPUPOOL_CHANGE_H
#define XN_COMMANDS_CPUPOOL_CHANGE_H

#include "commands/common.h"
#include "model/pool.h"

/* Asks for all pools and finds the one that word names. NULL: the outcome, a new one, has the
 * error. The outcome is about the pool. */
const struct pool *cpupool_find(struct xen_host *host, const char *action, const char *word,
                                struct pool_list *ret_pools, struct outcome_list *outcomes);

#endif
