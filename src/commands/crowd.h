/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Doing something that takes long for many guests side by side, each in a process of its own. */
#ifndef XN_COMMANDS_CROWD_H
#define XN_COMMANDS_CROWD_H

#include "commands/common.h"

struct crowd_job {
    struct outcome *outcome; /* filled by what the child process tells */
    /* Runs in the child, with a connection of its own; .result is one of outcome_wire.h. */
    void (*run)(void *context, struct xen_host *host, struct outcome *outcome);
    void *context;
    bool light;             /* waits more than it works: many of these at the same time */
    uint64_t soft_limit_ms; /* from its start: then it is asked to give up, by SIGTERM */
    uint64_t hard_limit_ms; /* from its start: then it is killed. DEADLINE_NEVER */
};

struct crowd {
    const struct env *env;
    struct xen_host *host;
    const char *action; /* "create", for progress */
    struct crowd_job *jobs;
    size_t count;
    unsigned limit;       /* of jobs at the same time, light ones aside; 0: a sensible number */
    uint64_t deadline_ms; /* clock_ms: then all are asked to give up; DEADLINE_NEVER */
    bool start_late;      /* begin jobs even behind the deadline: they know it themselves */
    bool stop;            /* after a failure nothing more is begun */
};

/* Runs all jobs. One that fails stops the others only if that is wanted. A signal lets those that
 * are under way clean up after themselves and starts no more: ERR_INTERRUPTED. The caller catches
 * signals (base/interrupt.h). -1 only when waiting fails. */
int crowd_run(const struct crowd *crowd, struct error **error);

#endif
