/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Intel's Resource Director Technology through libxl. ERR_NOT_SUPPORTED where the CPUs or this
 * build have none of it. */
#ifndef XN_XEN_PSR_H
#define XN_XEN_PSR_H

#include "model/psr.h"
#include "xen/host.h"

/* Adds what the host can do of one kind: CMT always has an entry, the others one for each socket.
 */
int xen_psr_features(struct xen_host *host, enum psr_feature_kind kind,
                     struct psr_feature_list *list, struct error **error);

enum psr_limit { PSR_LIMIT_CBM, PSR_LIMIT_CODE, PSR_LIMIT_DATA, PSR_LIMIT_THROTTLE };

/* Sets a mask or a throttle of a domain on these sockets (a list such as "0,2-3"; NULL: all). level
 * is that of the cache, 2 or 3; of a throttle it does not count. The UUID is checked again right
 * before. ERR_USAGE for sockets that are no list. */
int xen_psr_set(struct xen_host *host, const struct domain *domain, enum psr_limit limit,
                unsigned level, const char *sockets, uint64_t value, struct error **error);
/* Adds the limit of a domain of this feature's kind and socket; what the hypervisor does not tell
 * is not known. */
void xen_psr_get(struct xen_host *host, const struct domain *domain,
                 const struct psr_feature *feature, struct psr_value_list *list);

int xen_psr_attach(struct xen_host *host, const struct domain *domain, struct error **error);
int xen_psr_detach(struct xen_host *host, const struct domain *domain, struct error **error);
bool xen_psr_is_attached(struct xen_host *host, const struct domain *domain);

enum psr_monitor_kind { PSR_CACHE_OCCUPANCY, PSR_TOTAL_BANDWIDTH, PSR_LOCAL_BANDWIDTH };

/* "cache-occupancy", "total-mem-bandwidth", "local-mem-bandwidth"; ends with NULL. */
extern const char *const xen_psr_monitors[];

/* The online sockets and their caches, and whether that can be watched at all. The arrays are the
 * caller's to free. */
int xen_psr_monitor_open(struct xen_host *host, enum psr_monitor_kind kind,
                         struct psr_monitor *ret_monitor, uint32_t **ret_sockets,
                         uint32_t **ret_caches, struct error **error);
/* Adds what a domain uses of each of the sockets. A bandwidth takes a hundredth of a second. */
void xen_psr_sample(struct xen_host *host, const struct domain *domain, enum psr_monitor_kind kind,
                    const struct psr_monitor *monitor, struct psr_value_list *list);

#endif
