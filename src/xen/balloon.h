/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much memory a running domain holds: its balloon's target and the hypervisor's limit. */
#ifndef XN_XEN_BALLOON_H
#define XN_XEN_BALLOON_H

#include "model/domain.h"
#include "xen/host.h"

enum balloon_how { BALLOON_TO, BALLOON_MORE, BALLOON_LESS };

struct balloon_change {
    enum balloon_how how;
    uint64_t kib;
};

/* Tells the domain how much memory it shall hold, and the hypervisor to give it no more. *ret is
 * the target that this makes, in KiB. ERR_FAILED for one that is out of the domain's range, and
 * then nothing is changed. The UUID is checked again right before. */
int xen_balloon_set(struct xen_host *host, const struct domain *domain,
                    const struct balloon_change *change, uint64_t *ret_target_kib,
                    struct error **error);
/* Waits until the domain holds that much. ERR_TIMEOUT says how much it holds then;
 * ERR_INTERRUPTED; ERR_DOMAIN_NOT_FOUND when it goes away. The target stays in any case. on_change
 * (may be NULL) is told how much it holds, twice a second. */
int xen_balloon_wait(struct xen_host *host, const struct domain *domain, uint64_t target_kib,
                     uint64_t deadline_ms, void (*on_change)(void *context, uint64_t memory_kib),
                     void *context, struct error **error);
/* The most that the hypervisor ever gives it. ERR_FAILED when that is less than its target. */
int xen_balloon_limit(struct xen_host *host, const struct domain *domain, uint64_t limit_kib,
                      struct error **error);

#endif
