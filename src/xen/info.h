/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the host is: its machine, its hypervisor, and the hypervisor's messages. */
#ifndef XN_XEN_INFO_H
#define XN_XEN_INFO_H

#include "model/host.h"
#include "xen/host.h"

/* topology: also CPUs, devices and NUMA nodes. Release with host_info_release. */
int xen_host_info(struct xen_host *host, bool topology, struct host_info *ret_info,
                  struct error **error);
/* The hypervisor's message ring as text; the caller frees it. clear empties the ring after reading.
 */
int xen_host_messages(struct xen_host *host, bool clear, char **ret_text, struct error **error);

#endif
