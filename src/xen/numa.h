/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* NUMA nodes and the domains on them. */
#ifndef XN_XEN_NUMA_H
#define XN_XEN_NUMA_H

#include "model/domain.h"
#include "model/numa.h"
#include "xen/host.h"

/* Every node, with those of the domains that belong to it. Release with numa_list_release. */
int xen_numa_list(struct xen_host *host, const struct domain_list *domains,
                  struct numa_list *ret_list, struct error **error);

#endif
