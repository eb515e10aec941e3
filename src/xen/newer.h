/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What only a libxl newer than 4.17 can do. In a build for an older one each of these says since
 * which Xen it is there: ERR_NOT_SUPPORTED. */
#ifndef XN_XEN_NEWER_H
#define XN_XEN_NEWER_H

#include "model/domain.h"
#include "model/quota.h"
#include "xen/host.h"

/* What xenstored can do, a mask of its features. Since 4.21. */
int xen_store_features(struct xen_host *host, uint32_t *ret_features, struct error **error);

/* Quotas of xenstore, of one domain or (NULL) the global ones, in xenstored's order. Since 4.22.
 * Release with quota_list_release. */
int xen_quota_get(struct xen_host *host, const struct domain *domain, struct quota_list *ret_quotas,
                  struct error **error);
int xen_quota_set(struct xen_host *host, const struct domain *domain, const char *name,
                  uint32_t value, struct error **error);

enum overlay_action { OVERLAY_ADD, OVERLAY_REMOVE, OVERLAY_ATTACH };

/* A device tree overlay, on Arm only. domain: whom it is attached to, NULL with the others. Since
 * 4.18, attaching since 4.19. */
int xen_dt_overlay(struct xen_host *host, enum overlay_action action, void *overlay, uint32_t size,
                   const struct domain *domain, struct error **error);

#endif
