/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU pools: asking for them and changing them. */
#ifndef XN_XEN_POOL_H
#define XN_XEN_POOL_H

#include "model/domain.h"
#include "model/outcome.h"
#include "model/pool.h"
#include "xen/host.h"

/* Every pool of the host. Release with pool_list_release. */
int xen_pool_list(struct xen_host *host, struct pool_list *ret_list, struct error **error);

/* The CPUs that belong to no pool. libxl_bitmap_dispose frees *ret in any case. */
int xen_pool_free_cpus(struct xen_host *host, libxl_bitmap *ret, struct error **error);
/* The scheduler that Xen was booted with; static. NULL when it cannot be told. */
const char *xen_pool_default_scheduler(struct xen_host *host);

/* Makes a pool of free CPUs, which may be none. Nothing is left when it fails. ERR_EXISTS for a
 * name that is taken, ERR_NOT_SUPPORTED for a scheduler that this Xen does not have. */
int xen_pool_create(struct xen_host *host, const char *name, const char *scheduler,
                    const libxl_bitmap *cpus, uint32_t *ret_id, struct error **error);
/* ERR_REFUSED when domains run in it, and for pool 0. */
int xen_pool_destroy(struct xen_host *host, const struct pool *pool, struct error **error);
int xen_pool_rename(struct xen_host *host, const struct pool *pool, const char *new_name,
                    struct error **error);
/* One CPU; pools are what was seen before, for precise errors. */
int xen_pool_add_cpu(struct xen_host *host, const struct pool_list *pools, const struct pool *pool,
                     uint32_t cpu, struct error **error);
int xen_pool_remove_cpu(struct xen_host *host, const struct pool_list *pools,
                        const struct pool *pool, uint32_t cpu, struct error **error);
/* Moves a domain, whose UUID is checked again right before. */
int xen_pool_move_domain(struct xen_host *host, const struct pool *pool,
                         const struct domain *domain, struct error **error);

/* Makes a pool of each NUMA node, called Pool-nodeN; the first keeps pool 0 and all domains. An
 * outcome for each pool; when one fails, all is as it was before. -1 only when the host cannot be
 * asked. */
int xen_pool_split(struct xen_host *host, struct outcome_list *outcomes, struct error **error);

#endif
