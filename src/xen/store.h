/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our own connection to xenstore, opened when first needed. */
#ifndef XN_XEN_STORE_H
#define XN_XEN_STORE_H

#include <xenstore.h>

#include "xen/host.h"

/* The host's; do not close it. ERR_XENSTORE. */
int xen_store(struct xen_host *host, struct xs_handle **ret_store, struct error **error);
/* Closes it until it is needed again, for who lives long and needs it seldom. Nobody may watch
 * anything through it. */
void xen_store_rest(struct xen_host *host);

#endif
