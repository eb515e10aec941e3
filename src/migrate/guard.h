/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A process that outlives a receiver which is killed: it takes the paused copy away, or, when the
 * sender had already left the guest to us, lets it run.
 */
#ifndef XN_MIGRATE_GUARD_H
#define XN_MIGRATE_GUARD_H

#include <sys/types.h>

#include "migrate/disks.h"
#include "model/domain.h"
#include "xen/host.h"

struct guard_order {
    const char *uuid, *name;            /* its final name; meanwhile it has NAME_INCOMING behind */
    bool paused;                        /* it is not to be let run */
    const struct received_disks *disks; /* go with the copy when that is ended; NULL: none */
};

struct guard {
    int fd;
    pid_t pid;
};

#define GUARD_INIT                                                                                 \
    {                                                                                              \
        .fd = -1                                                                                   \
    }

/* What it does should its parent end now. */
enum guard_duty {
    GUARD_DESTROY = 'D', /* from the start */
    GUARD_FINISH = 'F',  /* rename and let it run */
    GUARD_NOTHING = 'N',
};

/* unneeded: a descriptor that must not live on in it. */
int guard_start(struct guard *guard, struct xen_host *host, const struct guard_order *order,
                int unneeded, struct error **error);
void guard_tell(struct guard *guard, enum guard_duty duty);
/* Dismisses it. Harmless when there is none. */
void guard_end(struct guard *guard);

/* What finishing is: the copy gets its name and runs, unless it shall stay paused. Refuses when
 * another copy runs here. */
int guard_finish(struct xen_host *host, const struct domain *copy, const struct guard_order *order,
                 struct error **error);

#endif
