/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting until a node of xenstore says something. */
#ifndef XN_XEN_STORE_AWAIT_H
#define XN_XEN_STORE_AWAIT_H

#include "xen/wait.h"

/* Until wanted says so of the node's value (NULL: it is not there), the deadline (clock_ms) or a
 * signal; *ret_end tells which. */
int xen_store_await(struct xen_host *host, const char *path, bool (*wanted)(const char *value),
                    uint64_t deadline_ms, enum xen_loop_end *ret_end, struct error **error);

#endif
