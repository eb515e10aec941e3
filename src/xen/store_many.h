/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading many nodes of xenstore in few trips. */
#ifndef XN_XEN_STORE_MANY_H
#define XN_XEN_STORE_MANY_H

#include "xen/host.h"

/* The text of each node, in the order of the paths; NULL for one that is not there. The caller
 * frees the texts. Questions are sent many at a time, so that this waits a few times instead of
 * once for each. ERR_XENSTORE; nothing is to be freed then. */
int xen_store_read_many(struct xen_host *host, const char *const *paths, size_t count,
                        char **ret_texts, struct error **error);

#endif
