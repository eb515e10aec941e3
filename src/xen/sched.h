/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parameters of the schedulers credit, credit2 and rtds. */
#ifndef XN_XEN_SCHED_H
#define XN_XEN_SCHED_H

#include "model/sched.h"
#include "xen/host.h"

/* The CPU pools that have this scheduler, or of them the one that word names (NULL: all).
 * ERR_POOL_NOT_FOUND; ERR_FAILED when the named one has another scheduler. Release with
 * sched_pool_list_release. */
int xen_sched_pools(struct xen_host *host, enum sched_kind kind, const char *word,
                    struct sched_pool_list *ret_list, struct error **error);
/* Fills in what the scheduler knows about row->domain. ERR_FAILED when that one is under another
 * scheduler. */
int xen_sched_get(struct xen_host *host, enum sched_kind kind, struct sched_row *row,
                  struct error **error);
/* Adds a row for each CPU of a domain under rtds; pool goes into the rows. */
int xen_sched_get_vcpus(struct xen_host *host, const struct domain *domain,
                        const struct sched_pool *pool, struct sched_row_list *list,
                        struct error **error);

/* What is SCHED_KEEP stays. The UUID of the domain is checked again right before. */
int xen_sched_set(struct xen_host *host, enum sched_kind kind, const struct domain *domain,
                  const struct sched_change *change, struct error **error);
int xen_sched_set_pool(struct xen_host *host, enum sched_kind kind, const struct sched_pool *pool,
                       const struct sched_change *change, struct error **error);

/* One CPU of a domain under rtds; what is SCHED_KEEP stays. */
struct sched_vcpu_change {
    uint32_t vcpu;
    struct sched_change change;
};

/* In one step: all or none of them. */
int xen_sched_set_vcpus(struct xen_host *host, const struct domain *domain,
                        const struct sched_vcpu_change *changes, size_t count,
                        struct error **error);
/* Every CPU of the domain gets the same. */
int xen_sched_set_all_vcpus(struct xen_host *host, const struct domain *domain,
                            const struct sched_change *change, struct error **error);

#endif
