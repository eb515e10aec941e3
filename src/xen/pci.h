/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PCI functions of the host: which there are, making them ready for guests, giving them to guests
 * and taking them back. */
#ifndef XN_XEN_PCI_H
#define XN_XEN_PCI_H

#include "model/domain.h"
#include "model/pci.h"
#include "xen/host.h"

/* For .collect of struct device_listing: the functions that domains have, as struct pci_device. */
int xen_pci_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                    bool all_columns, struct device_rows *rows, struct error **error);
/* The functions that are ready for guests and that no guest has, as struct pci_device. */
int xen_pci_collect_assignable(struct xen_host *host, bool all_columns, struct device_rows *rows,
                               struct error **error);
/* Addresses of all functions of the host, in order, from sysfs; works without Xen. */
void xen_pci_host_addresses(struct string_list *list);
/* What the host's kernel knows of a function: ids, class, driver. False: there is no such one. */
bool xen_pci_describe(struct pci_device *pci);

/* The address of the function that pci-assignable-add has given that name, among those that no
 * guest has and, unless domain is NULL, those of that domain. ERR_DEVICE_NOT_FOUND. */
int xen_pci_named(struct xen_host *host, const struct domain *domain, const char *name,
                  struct pci_address *ret, struct error **error);

/* Gives the guest a function of the host. It is refused, and nothing is changed, when it is not
 * there, not ready for guests, or not free. timeout_ms: DEADLINE_NEVER leaves it to libxl.
 * ERR_DEVICE_NOT_FOUND, ERR_EXISTS, ERR_REFUSED, ERR_NOT_SUPPORTED, ERR_TIMEOUT, ERR_INTERRUPTED,
 * ERR_LIBXL. */
int xen_pci_attach(struct xen_host *host, const struct domain *domain, libxl_device_pci *pci,
                   uint64_t timeout_ms, struct error **error);
/* Takes it back; force: without the guest's help. When that fails the error says whether the guest
 * still has it. */
int xen_pci_detach(struct xen_host *host, const struct domain *domain, libxl_device_pci *pci,
                   bool force, uint64_t timeout_ms, struct error **error);

/* Takes a function from its driver in domain 0, so that guests can have it; name may be NULL.
 * Returns 1 when it was ready already. */
int xen_pci_assignable_add(struct xen_host *host, const struct pci_address *address,
                           const char *name, struct error **error);
/* The reverse; rebind: the driver that it had gets it back. Returns 1 when it was not ready for
 * guests anyway. ERR_EXISTS when a guest has it. */
int xen_pci_assignable_remove(struct xen_host *host, const struct pci_address *address, bool rebind,
                              struct error **error);

#endif
