/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moving one guest to another host, with progress and messages: what migrate and evacuate do alike.
 */
#ifndef XN_COMMANDS_MOVE_H
#define XN_COMMANDS_MOVE_H

#include "commands/common.h"
#include "model/disk_copy.h"
#include "model/problem.h"
#include "out/progress.h"

struct move_options {
    const char *host, *ssh; /* as link_words takes them */
    bool unsupervised, paused, debug, keep_domid;
    bool offline, abort_if_slow, events;
    struct disk_copies *disks;            /* filled by move_check and copied; NULL: none */
    bool compress;                        /* only another xn takes that */
    bool quiet;                           /* no progress: others move beside it */
    uint64_t timeout_ms, max_downtime_ms; /* UINT64_MAX: none */
    uint64_t bandwidth_kib;               /* a second; 0: no limit */
    const char *config_json;              /* for the far side; NULL: the present one */
    const char *program;                  /* what it is called there; NULL: xl */
};

/* What stands in the way of it, here and there; options->program is set to what answers there, when
 * it was not set. -1 only when this host cannot be asked. */
int move_check(struct xen_host *host, struct move_options *options, const struct domain *domain,
               struct problem_list *problems, struct error **error);
/* The same, and ERR_REFUSED when anything does that skip does not name. */
int move_prepare(struct xen_host *host, struct move_options *options,
                 const struct string_list *skip, const struct outcome *outcome,
                 struct error **error);
/* A line that the far side has said: xl lets it speak; otherwise it is heard when something fails,
 * or with -v. progress gives way to it. */
void move_far_line(const struct env *env, struct progress *progress, const char *line);
/* Moves the guest of the outcome and fills the rest of it. Signals are caught by the caller. */
int move_guest(struct env *env, struct xen_host *host, const struct move_options *options,
               struct outcome *outcome, struct error **error);

#endif
