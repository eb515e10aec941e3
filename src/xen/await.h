/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Waiting until domains have got somewhere: run, have booted, have shut down, are gone.
 *
 * xenstore tells when a domain comes, shuts down or goes, and what a guest's drivers write. It does
 * not tell when one is paused or unpaused, nor when one that is dying is gone at last: only while
 * such a thing is waited for is the hypervisor asked every half second. A look every ten seconds
 * makes up for everything else that has no event, such as another name.
 */
#ifndef XN_XEN_AWAIT_H
#define XN_XEN_AWAIT_H

#include "model/outcome.h"
#include "xen/host.h"

enum await_goal {
    AWAIT_RUNNING,   /* it is not paused, not shut down and not dying: blocked counts */
    AWAIT_BOOTED,    /* its Xen drivers are up: control/feature-* or a connected device */
    AWAIT_SHUTDOWN,  /* it has shut down for any reason, suspend included, or is gone */
    AWAIT_DESTROYED, /* the hypervisor knows it no more */
};

/* Waits for all outcomes together; .target of each is the word that names the domain. One that is
 * not there is waited for, or for AWAIT_SHUTDOWN and AWAIT_DESTROYED is done. The domain that a
 * word names at first is the one that counts; only for AWAIT_RUNNING and AWAIT_BOOTED a name stands
 * for whichever domain has it, so that a guest may reboot meanwhile.
 *
 * Fills in domain, duration and result ("running", "booted", "shut-down", "destroyed", "absent":
 * never seen), or error: ERR_TIMEOUT at deadline_ms (clock_ms, DEADLINE_NEVER), ERR_INTERRUPTED by
 * a signal (see base/interrupt.h), ERR_DOMAIN_NOT_FOUND when it went away, ERR_REFUSED when several
 * domains carry the name or UUID. -1 when the host cannot be asked (any more). One call at a time
 * per host: the connection to xenstore is the host's. */
int xen_domains_await(struct xen_host *host, enum await_goal goal, uint64_t deadline_ms,
                      struct outcome_list *outcomes, struct error **error);

#endif
