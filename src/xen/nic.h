/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network interfaces of guests: what is there, and how they come and go. */
#ifndef XN_XEN_NIC_H
#define XN_XEN_NIC_H

#include "model/nic.h"
#include "xen/host.h"

/* Adds the interfaces of these domains to rows (struct nic), in their order, in three round trips
 * whatever their number. details: everything, not only what xl's layout and nic_is_named need. */
int xen_nic_list(struct xen_host *host, const struct domain *const *domains, size_t count,
                 bool details, struct device_rows *rows, struct error **error);
/* The one that word names (nic_is_named); it belongs to rows, which are filled. -1 with
 * ERR_DEVICE_NOT_FOUND. */
int xen_nic_find(struct xen_host *host, const struct domain *domain, const char *word,
                 struct device_rows *rows, const struct nic **ret_nic, struct error **error);

/* Gives the domain an interface and waits until its script has run, for timeout_ms at most
 * (DEADLINE_NEVER: as long as libxl does). What fails is taken back. libxl completes *nic: its
 * devid is set then. */
int xen_nic_attach(struct xen_host *host, const struct domain *domain, libxl_device_nic *nic,
                   uint64_t timeout_ms, struct error **error);
/* Takes it away: asks the guest first, unless force is set or it does not use it. libxl does not
 * ask longer than ten seconds. ERR_TIMEOUT and ERR_INTERRUPTED: it is still there. */
int xen_nic_detach(struct xen_host *host, const struct domain *domain, const struct nic *nic,
                   bool force, uint64_t timeout_ms, struct error **error);

#endif
