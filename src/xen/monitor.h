/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Talking to the monitor of a guest's QEMU. */
#ifndef XN_XEN_MONITOR_H
#define XN_XEN_MONITOR_H

#include "model/domain.h"
#include "xen/host.h"

/* Gives QEMU's monitor one line and takes what it says, which the caller frees; it ends its lines
 * with CR LF and may hold anything. ERR_NOT_SUPPORTED when the guest has no QEMU, ERR_LIBXL. */
int xen_monitor_command(struct xen_host *host, const struct domain *domain, const char *line,
                        char **ret_reply, struct error **error);

#endif
