/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hypercalls without libxl, for who only asks: libxl's context opens much more than they need. */
#ifndef XN_XEN_CALLS_H
#define XN_XEN_CALLS_H

#include <xenctrl.h>

#include "xen/host.h"

/* The host's, opened when first needed; do not close it. ERR_NO_XEN, ERR_PERMISSION. */
int xen_calls(struct xen_host *host, xc_interface **ret_calls, struct error **error);
/* Sets *error after a hypercall that failed with errno: where it says that this is no host to ask,
 * then that, else "DOING: REASON". Returns -1. */
int xen_call_error(struct error **error, const char *doing);

#endif
