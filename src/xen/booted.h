/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a guest tells about itself through xenstore: that its Xen drivers are up. */
#ifndef XN_XEN_BOOTED_H
#define XN_XEN_BOOTED_H

#include <stdbool.h>

#include "xen/host.h"

/* Watches the places where a guest's drivers write; each change comes with the domid as token on
 * the connection of xen_store, and once at first. ERR_XENSTORE. */
int xen_booted_watch(struct xen_host *host, uint32_t domid, struct error **error);
/* Undoes it; nothing happens when the domain is gone. */
void xen_booted_unwatch(struct xen_host *host, uint32_t domid);
/* Looks. The nodes are the guest's: only whole expected values count, and not more than a few
 * hundred devices are looked at. ERR_XENSTORE. */
int xen_booted(struct xen_host *host, uint32_t domid, bool *ret_booted, struct error **error);

#endif
