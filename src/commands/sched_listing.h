/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the sched commands share: showing the parameters of pools, domains and their CPUs. */
#ifndef XN_COMMANDS_SCHED_LISTING_H
#define XN_COMMANDS_SCHED_LISTING_H

#include "commands/common.h"
#include "model/sched.h"

struct sched_show {
    enum sched_kind kind;
    const char *command;  /* "sched-credit" */
    const char *pool;     /* only this one; NULL: all */
    bool pools_only;      /* the pools' own parameters, without domains */
    const char *domain;   /* only this one, without a word about its pool; NULL: all */
    bool vcpus;           /* rtds: a row for each CPU */
    const uint32_t *only; /* of these numbers; NULL: all */
    size_t only_count;
};

/* Prints them as env says. A pool or a domain that has another scheduler is an error when it was
 * named, and left out when it was not. */
int sched_show(const struct env *env, struct xen_host *host, const struct sched_show *show,
               struct error **error);

/* Changes pool (NULL: pool 0) and reports; returns what common_report returns. */
int sched_set_pool(const struct env *env, struct xen_host *host, enum sched_kind kind,
                   const char *command, const char *pool, const struct sched_change *change,
                   struct error **error);

#endif
