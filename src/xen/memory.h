/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Room for a new guest: the creation lock and taking memory from domain 0. */
#ifndef XN_XEN_MEMORY_H
#define XN_XEN_MEMORY_H

#include "config/host_config.h"
#include "xen/host.h"

/* With autoballooning: takes the lock that xl takes too (into *ret_lock, to be closed by the caller
 * when the guest is built) and shrinks domain 0 until the guest fits. Without it: does nothing and
 * leaves *ret_lock alone. ERR_NO_MEMORY says how much is needed and how much there is. */
int xen_memory_make_room(struct xen_host *host, libxl_domain_config *config,
                         const struct host_config *host_config, int *ret_lock,
                         struct error **error);

/* How much the guest needs in all, and how much it can get: what is free and, with autoballooning,
 * what domain 0 can give. In KiB. */
int xen_memory_outlook(struct xen_host *host, libxl_domain_config *config,
                       const struct host_config *host_config, uint64_t *ret_needed_kib,
                       uint64_t *ret_available_kib, struct error **error);

/* Adds a hint with the free memory to an error about memory. */
void xen_memory_explain(struct xen_host *host, struct error **error);

#endif
