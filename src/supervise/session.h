/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A guest in the foreground: from its start to its end, which is its destruction whatever its on_*
 * keys say; only their core dumps are made.
 */
#ifndef XN_SUPERVISE_SESSION_H
#define XN_SUPERVISE_SESSION_H

#include "model/domain.h"
#include "xen/console.h"
#include "xen/host.h"

struct session_options {
    uint64_t grace_ms; /* how long the guest may take to shut down after a signal */
    /* What happens, one printable sentence at a time. */
    void (*tell)(void *context, const char *text);
    void *context;
};

struct session_end {
    int reason; /* enum shutdown_reason; SHUTDOWN_UNKNOWN also for a destroyed one */
    bool gone;  /* somebody else has destroyed it before it shut down (or while suspended) */
    int signal; /* the first one that asked us to end it; 0: none */
};

/* Lets the paused domain run and stays with it until it is destroyed. The first signal (see
 * base/interrupt.h, must be caught) asks it to shut down, and it is destroyed when grace_ms are
 * over; the second one destroys it at once. console is the client beside us; it is stopped at the
 * end. -1 when the guest could not be started, watched or destroyed: then as much as possible of it
 * was taken away. */
int session_run(struct xen_host *host, const struct domain *domain, struct console_child *console,
                const struct session_options *options, struct session_end *ret_end,
                struct error **error);

#endif
