/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The one supervisor of a host: a lock makes it the only one, a socket lets commands talk to it.
 *
 * A command that made a guest marks it (xen/mark.h) and then calls daemon_ensure: a running
 * supervisor looks for new marks, or one is started. A supervisor that was started this way ends
 * when it has no guests left.
 */
#ifndef XN_SUPERVISE_DAEMON_H
#define XN_SUPERVISE_DAEMON_H

#include <stdbool.h>

#include "supervise/supervisor.h"

/* Returns when a supervisor is certain to have seen every mark that was set before. */
int daemon_ensure(struct error **error);

/* The same for a supervisor that somebody else starts again: only asks, for a while. */
int daemon_tell(struct error **error);

/* What the running supervisor says of its guests, as supervisor_describe. ERR_FAILED when none is
 * running, ERR_PERMISSION or ERR_TIMEOUT when that cannot be told. The caller frees the text. */
int daemon_status(char **ret_text, struct error **error);

struct daemon_options {
    bool on_demand; /* started by daemon_ensure: ends when idle */
    int ready_fd;   /* gets one byte when all marked guests are looked after; -1: nobody waits */
};

/* Is the supervisor until a signal comes (or until idle). ERR_EXISTS when there is one already. */
int daemon_run(struct supervisor *supervisor, const struct daemon_options *options,
               struct error **error);

#endif
