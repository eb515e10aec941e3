/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Serving devices from a driver domain: libxl's other half of attach and detach. */
#ifndef XN_XEN_DEVD_H
#define XN_XEN_DEVD_H

#include "xen/host.h"

/* Runs hotplug scripts and QEMU for the backends in this domain until a signal comes (see
 * base/interrupt.h). on_ready is called once, when it is watching. 0 after a signal; -1 when it
 * cannot start or ends by itself. */
int xen_devd_run(struct xen_host *host, int (*on_ready)(void *context, struct error **error),
                 void *context, struct error **error);

#endif
