/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CPUs of guests: listing, switching on and off, and tying them to CPUs of the host. */
#ifndef XN_XEN_VCPU_H
#define XN_XEN_VCPU_H

#include "model/vcpu.h"
#include "xen/host.h"

/* Adds the CPUs of the domains to the list; a domain that has gone meanwhile adds none. A host that
 * was opened to ask is enough. */
int xen_vcpu_list(struct xen_host *host, const struct domain *const *domains, size_t count,
                  struct vcpu_list *list, struct error **error);
/* Fills in on which NUMA node each of them is. */
void xen_vcpu_add_nodes(struct xen_host *host, struct vcpu_list *list);

/* The first count CPUs of the domain shall be online, and no others. The guest does it when it gets
 * to it. The caller has checked that domid is still the domain that is meant. */
int xen_vcpu_set_online(struct xen_host *host, uint32_t domid, uint32_t count,
                        struct error **error);

#define XEN_VCPU_ALL UINT32_MAX

struct xen_vcpu_pin {
    uint32_t vcpu;            /* XEN_VCPU_ALL: all of the domain */
    const libxl_bitmap *hard; /* NULL: as it is */
    const libxl_bitmap *soft;
    bool force; /* hard affinity also where something in the host has tied the CPU for a while */
};

/* When it fails for one of several, all of them are as they were before. */
int xen_vcpu_set_affinity(struct xen_host *host, const struct domain *domain,
                          const struct xen_vcpu_pin *pin, struct error **error);

#endif
