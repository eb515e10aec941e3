/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our own connection to xenstore, opened when first needed. */
#ifndef XN_XEN_STORE_H
#define XN_XEN_STORE_H

#include <xenstore.h>

#include "xen/host.h"

/* The host's; do not close it. ERR_XENSTORE. */
int xen_store(struct xen_host *host, struct xs_handle **ret_store, struct error **error);

#endif
