/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Room for a new guest: the creation lock and taking memory from domain 0. */
#ifndef XN_XEN_MEMORY_H
#define XN_XEN_MEMORY_H

#include "config/host_config.h"
#include "model/memory.h"
#include "xen/host.h"

/* With autoballooning: takes the lock that xl takes too (into *ret_lock, to be ended by
 * lock_file_end when the guest has its memory) and shrinks domain 0 until the guest fits; what
 * domain 0 gave in vain it gets back. Without it *ret_lock is left alone, and only a guest that
 * cannot fit is refused; whether the others do is for the hypervisor to say. saved: the guest is
 * restored. ERR_NO_MEMORY with the arithmetic. */
int xen_memory_make_room(struct xen_host *host, libxl_domain_config *config,
                         const struct host_config *host_config, bool saved, int *ret_lock,
                         struct error **error);

/* What the guest needs and what it can get. config is not changed. */
int xen_memory_outlook(struct xen_host *host, const libxl_domain_config *config,
                       const struct host_config *host_config, struct memory_outlook *ret,
                       struct error **error);

/* Whether the guest has taken all the memory that it gets while it is built; what follows, such as
 * its devices, takes none. False, too, when that cannot be told. */
bool xen_memory_is_taken(struct xen_host *host, const libxl_domain_config *config);

/* After a failure to build: when there is too little memory by now, the error becomes
 * ERR_NO_MEMORY with the arithmetic, and keeps its old lines underneath. */
void xen_memory_explain(struct xen_host *host, const libxl_domain_config *config,
                        const struct host_config *host_config, bool saved, struct error **error);

#endif
