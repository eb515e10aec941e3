/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doing what a guest's on_* key asks for when it has shut down, in a process of its own.
 *
 * Dumping a core takes minutes and building a guest seconds; meanwhile the supervisor must watch
 * all others. The worker has its own connection to Xen and tells its result through a pipe. It
 * finishes what it began even when the supervisor is killed; what it builds carries xn's mark, so
 * that the next supervisor finds it. When it is killed itself, another worker goes on where it
 * stopped.
 */
#ifndef XN_SUPERVISE_WORKER_H
#define XN_SUPERVISE_WORKER_H

#include <stdbool.h>
#include <sys/types.h>

#include "config/host_config.h"
#include "supervise/log.h"
#include "xen/host.h"

struct work {
    struct xen_host *host; /* of the supervisor; the worker opens its own */
    const struct host_config *host_config;
    FILE *log;
    struct log_subject subject; /* the domain that has shut down */
    int reason;                 /* enum shutdown_reason */
    unsigned delay_seconds;     /* before it is built again */
    bool marks;                 /* what is built gets xn's mark */
    const char *origin;         /* see xen/origin.h; NULL: not known */
    bool again;                 /* a worker was killed over it: no core is dumped any more */
    int close_fd;               /* of the supervisor, not for the worker; -1: none */
};

enum work_result {
    WORK_FAILED,    /* the log says why; what is left of the guest stays */
    WORK_KILLED,    /* the worker was killed and tells nothing */
    WORK_DESTROYED, /* gone */
    WORK_PRESERVED, /* kept as it is */
    WORK_RESTARTED, /* runs as another domain */
    WORK_RUNS_ON,   /* as the same domain, after a soft reset */
};

struct worker {
    pid_t pid; /* 0: none */
    int fd;    /* readable when it has ended */
    int report_fd;
};

#define WORKER_INIT                                                                                \
    {                                                                                              \
        0, -1, -1                                                                                  \
    }

int worker_start(const struct work *work, struct worker *worker, struct error **error);
/* After the descriptor became readable, which it closes. *ret_domid is the new domain of
 * WORK_RESTARTED. */
enum work_result worker_finish(struct worker *worker, uint32_t *ret_domid);
/* Closes the descriptors; a worker that is at work goes on alone. */
void worker_leave(struct worker *worker);

#endif
