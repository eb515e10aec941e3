/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of newer versions of libxl; see newer.h. */
#include "xen/newer.h"

#include "base/mem.h"
#include "xen/domain.h"
#include "xen/store.h"

#if (defined(__arm__) || defined(__aarch64__)) && defined(LIBXL_HAVE_DT_OVERLAY)
#define CAN_OVERLAY
#if defined(LIBXL_HAVE_DT_OVERLAY_DOMAIN) || defined(LIBXL_HAVE_OVERLAY_DOMAIN)
#define CAN_OVERLAY_DOMAIN
#endif
#endif

__attribute__((unused)) static int not_before(const char *what, const char *since,
                                              struct error **error)
{
    error_set(error, ERR_NOT_SUPPORTED,
              "this xn is built for Xen " XEN_BUILD_VERSION ", and %s are there since Xen %s", what,
              since);
    return error_hint(error, "a host of that version needs an xn that was built for it");
}

#ifdef LIBXL_HAVE_XENSTORE_FEATURE_MASK

int xen_store_features(struct xen_host *host, uint32_t *ret_features, struct error **error)
{
    struct xs_handle *store;
    unsigned features = 0;

    if (xen_store(host, &store, error) < 0)
        return -1;
    /* An older xenstored does not know the question: it has none of them. */
    if (!xs_get_features_supported(store, &features))
        features = 0;
    *ret_features = features;
    return 0;
}

#else

int xen_store_features(struct xen_host *host, uint32_t *ret_features, struct error **error)
{
    (void)host, (void)ret_features;
    return not_before("features of xenstore", "4.21", error);
}

#endif

#ifdef LIBXL_HAVE_XENSTORE_QUOTA

int xen_quota_get(struct xen_host *host, const struct domain *domain, struct quota_list *quotas,
                  struct error **error)
{
    libxl_xs_quota_list list;
    int rc;

    libxl_xs_quota_list_init(&list);
    xen_log_forget(host);
    rc = domain ? libxl_xs_quota_domain_get(xen_ctx(host), domain->domid, &list)
                : libxl_xs_quota_global_get(xen_ctx(host), &list);
    for (int i = 0; rc == 0 && i < list.num_quota; i++)
        quota_list_add(quotas, list.quota[i].name, list.quota[i].val);
    libxl_xs_quota_list_dispose(&list);
    return rc ? xen_error(host, error, rc, "cannot read the quotas of xenstore") : 0;
}

int xen_quota_set(struct xen_host *host, const struct domain *domain, const char *name,
                  uint32_t value, struct error **error)
{
    auto_free char *copy = xstrdup(name);
    libxl_xs_quota_item item = { .name = copy, .val = value };
    libxl_xs_quota_list list = { .num_quota = 1, .quota = &item };
    int rc;

    if (domain && xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = domain ? libxl_xs_quota_domain_set(xen_ctx(host), domain->domid, &list)
                : libxl_xs_quota_global_set(xen_ctx(host), &list);
    return rc ? xen_error(host, error, rc, "cannot set the quota '%s' of xenstore", name) : 0;
}

#else

int xen_quota_get(struct xen_host *host, const struct domain *domain, struct quota_list *quotas,
                  struct error **error)
{
    (void)host, (void)domain, (void)quotas;
    return not_before("quotas of xenstore", "4.22", error);
}

int xen_quota_set(struct xen_host *host, const struct domain *domain, const char *name,
                  uint32_t value, struct error **error)
{
    (void)host, (void)domain, (void)name, (void)value;
    return not_before("quotas of xenstore", "4.22", error);
}

#endif

#ifdef CAN_OVERLAY

static int attach_overlay(struct xen_host *host, void *overlay, uint32_t size,
                          const struct domain *domain, struct error **error)
{
#ifdef CAN_OVERLAY_DOMAIN
    int rc;

    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_dt_overlay_domain(xen_ctx(host), domain->domid, overlay, size,
                                 LIBXL_DT_OVERLAY_DOMAIN_ATTACH);
    return rc ? xen_error(host, error, rc, "cannot attach the overlay to domain %u", domain->domid)
              : 0;
#else
    (void)host, (void)overlay, (void)size, (void)domain;
    return not_before("overlays for domains", "4.19", error);
#endif
}

int xen_dt_overlay(struct xen_host *host, enum overlay_action action, void *overlay, uint32_t size,
                   const struct domain *domain, struct error **error)
{
    /* The numbers are the hypervisor's; 4.18 has no names for them. */
    static const uint8_t numbers[] = { [OVERLAY_ADD] = 1, [OVERLAY_REMOVE] = 2 };
    int rc;

    if (action == OVERLAY_ATTACH)
        return attach_overlay(host, overlay, size, domain, error);
    xen_log_forget(host);
    rc = libxl_dt_overlay(xen_ctx(host), overlay, size, numbers[action]);
    return rc ? xen_error(host, error, rc, "cannot %s the overlay",
                          action == OVERLAY_ADD ? "add" : "remove")
              : 0;
}

#else

int xen_dt_overlay(struct xen_host *host, enum overlay_action action, void *overlay, uint32_t size,
                   const struct domain *domain, struct error **error)
{
    (void)host, (void)action, (void)overlay, (void)size, (void)domain;
#if defined(__arm__) || defined(__aarch64__)
    return not_before("device tree overlays", "4.18", error);
#else
    return error_set(error, ERR_NOT_SUPPORTED,
                     "device tree overlays are there only on Arm, since Xen 4.18");
#endif
}

#endif
