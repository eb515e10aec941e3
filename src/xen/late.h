/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Guests that suspend too late.
 *
 * A guest that has answered the request to suspend has a minute for it; then whoever asked gives up
 * and fails. Should the guest suspend after that, nobody waits for it, and it would sleep until
 * somebody looks. So a request that was given up leaves a note beside libxl's own nodes
 * (/libxl/DOMID/xn-late-suspend), which guests can neither read nor write and which goes with the
 * domain; a supervisor that sees the guest fall asleep lets it run on.
 *
 * A guest that was suspended on purpose must sleep on: each new request of xn's and each resume
 * takes the note away, it holds for minutes only, and where another toolstack may have asked
 * meanwhile nothing is done.
 */
#ifndef XN_XEN_LATE_H
#define XN_XEN_LATE_H

#include "model/domain.h"
#include "xen/host.h"

/* The request to this domain was given up. One that has stopped by now is not noted. */
void xen_late_note(struct xen_host *host, uint32_t domid);
void xen_late_forget(struct xen_host *host, uint32_t domid);
/* Whether such a note is there and still holds. */
bool xen_late_is_noted(struct xen_host *host, const struct domain *domain);

/* Lets the domain run on if it is asleep and noted. Returns 1 when it did; 0 when there was nothing
 * to do, or somebody saves it right now, and then the note stays. -1 when it sleeps on, without a
 * note: ERR_REFUSED when somebody else may have asked it to, ERR_LIBXL. */
int xen_late_wake(struct xen_host *host, const struct domain *domain, struct error **error);

#endif
