/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of cache and memory bandwidth; see psr.h. */
#include "xen/psr.h"

#include <libxl_utils.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"

const char *const xen_psr_monitors[] = { "cache-occupancy", "total-mem-bandwidth",
                                         "local-mem-bandwidth", NULL };

#ifdef LIBXL_HAVE_PSR_GENERIC

static int no_feature(struct xen_host *host, int rc, const char *what, struct error **error)
{
    auto_error problem = NULL;

    xen_error(host, &problem, rc, "this host has no %s", what);
    problem->code = ERR_NOT_SUPPORTED;
    error_hint(&problem, "it needs an Intel CPU with that, and Xen booted with psr=");
    return error_move(error, TAKE(problem));
}

static void add_cmt(struct xen_host *host, struct psr_feature_list *list)
{
    static const libxl_psr_cmt_type types[] = { LIBXL_PSR_CMT_TYPE_CACHE_OCCUPANCY,
                                                LIBXL_PSR_CMT_TYPE_TOTAL_MEM_COUNT,
                                                LIBXL_PSR_CMT_TYPE_LOCAL_MEM_COUNT };
    struct psr_feature *feature = psr_feature_list_add(list, PSR_CMT);

    feature->enabled = libxl_psr_cmt_enabled(xen_ctx(host)) &&
                       libxl_psr_cmt_get_total_rmid(xen_ctx(host), &feature->rmids) == 0;
    for (size_t i = 0; feature->enabled && i < ARRAY_SIZE(types); i++)
        if (libxl_psr_cmt_type_supported(xen_ctx(host), types[i]))
            string_list_add(&feature->monitors, xen_psr_monitors[i]);
}

static void fill_feature(struct xen_host *host, const libxl_psr_hw_info *info,
                         struct psr_feature *feature)
{
    feature->socket = info->id;
    if (feature->kind == PSR_MBA) {
        feature->cos_max = info->u.mba.cos_max;
        feature->throttle_max = info->u.mba.thrtl_max;
        feature->linear = info->u.mba.linear;
        return;
    }
    feature->cos_max = info->u.cat.cos_max;
    feature->cbm_bits = info->u.cat.cbm_len;
    if (feature->kind != PSR_L3_CAT)
        return;
    feature->cdp = info->u.cat.cdp_enabled;
    (void)libxl_psr_cmt_get_l3_cache_size(xen_ctx(host), info->id, &feature->l3_cache_kib);
}

int xen_psr_features(struct xen_host *host, enum psr_feature_kind kind,
                     struct psr_feature_list *list, struct error **error)
{
    static const struct {
        libxl_psr_feat_type type;
        unsigned level;
        const char *name;
    } kinds[] = {
        [PSR_L3_CAT] = { LIBXL_PSR_FEAT_TYPE_CAT, 3, "allocation of the L3 cache (CAT)" },
        [PSR_L2_CAT] = { LIBXL_PSR_FEAT_TYPE_CAT, 2, "allocation of the L2 cache (CAT)" },
        [PSR_MBA] = { LIBXL_PSR_FEAT_TYPE_MBA, 0, "allocation of memory bandwidth (MBA)" },
    };
    libxl_psr_hw_info *info = NULL;
    unsigned count = 0;
    int rc;

    xen_log_forget(host);
    if (kind == PSR_CMT) {
        add_cmt(host, list);
        return 0;
    }
    rc = libxl_psr_get_hw_info(xen_ctx(host), kinds[kind].type, kinds[kind].level, &count, &info);
    if (rc)
        return no_feature(host, rc, kinds[kind].name, error);
    for (unsigned i = 0; i < count; i++)
        fill_feature(host, &info[i], psr_feature_list_add(list, kind));
    libxl_psr_hw_info_list_free(info, count);
    return 0;
}

static int add_sockets(libxl_bitmap *sockets, const char *part, struct error **error)
{
    const char *dash = strchr(part, '-');
    auto_free char *first_text = dash ? xstrndup(part, (size_t)(dash - part)) : xstrdup(part);
    uint64_t end = sockets->size * UINT64_C(8), first, last;

    if (!parse_uint(first_text, INT32_MAX, &first) ||
        !parse_uint(dash ? dash + 1 : part, INT32_MAX, &last) || first > last) {
        error_set(error, ERR_USAGE, "'%s' is no set of sockets", part);
        return error_hint(error, "write N or A-B, separated by ','");
    }
    if (last >= end)
        return error_set(error, ERR_FAILED, "this host has no socket %llu",
                         (unsigned long long)last);
    for (; first <= last; first++)
        libxl_bitmap_set(sockets, (int)first);
    return 0;
}

static int find_sockets(struct xen_host *host, const char *text, libxl_bitmap *sockets,
                        struct error **error)
{
    auto_string_list parts = STRING_LIST_INIT;
    int rc = libxl_socket_bitmap_alloc(xen_ctx(host), sockets, 0);

    if (rc)
        return xen_error(host, error, rc, "cannot ask for the sockets of this host");
    if (!text) {
        libxl_bitmap_set_any(sockets);
        return 0;
    }
    string_list_split(&parts, text, ',');
    for (size_t i = 0; i < parts.count; i++)
        if (add_sockets(sockets, parts.items[i], error) < 0)
            return -1;
    return 0;
}

int xen_psr_set(struct xen_host *host, const struct domain *domain, enum psr_limit limit,
                unsigned level, const char *sockets, uint64_t value, struct error **error)
{
    static const libxl_psr_cbm_type types[] = {
        [PSR_LIMIT_CBM] = LIBXL_PSR_CBM_TYPE_L3_CBM,
        [PSR_LIMIT_CODE] = LIBXL_PSR_CBM_TYPE_L3_CBM_CODE,
        [PSR_LIMIT_DATA] = LIBXL_PSR_CBM_TYPE_L3_CBM_DATA,
        [PSR_LIMIT_THROTTLE] = LIBXL_PSR_CBM_TYPE_MBA_THRTL,
    };
    bool is_throttle = limit == PSR_LIMIT_THROTTLE;
    libxl_psr_cbm_type type = !is_throttle && level == 2 ? LIBXL_PSR_CBM_TYPE_L2_CBM : types[limit];
    libxl_bitmap map;
    int rc = 0, result;

    libxl_bitmap_init(&map);
    xen_log_forget(host);
    result = find_sockets(host, sockets, &map, error);
    if (result == 0)
        result = xen_domain_verify(host, domain, error);
    if (result == 0) {
        xen_log_forget(host);
        rc = libxl_psr_set_val(xen_ctx(host), domain->domid, type, &map, value);
    }
    if (rc)
        result = xen_error(host, error, rc, "cannot set the %s of domain %u",
                           is_throttle ? "throttle" : "cache mask", domain->domid);
    libxl_bitmap_dispose(&map);
    return result;
}

void xen_psr_get(struct xen_host *host, const struct domain *domain,
                 const struct psr_feature *feature, struct psr_value_list *list)
{
    struct psr_value *value = psr_value_list_add(list);
    libxl_psr_cbm_type type = feature->kind == PSR_MBA      ? LIBXL_PSR_CBM_TYPE_MBA_THRTL
                              : feature->kind == PSR_L2_CAT ? LIBXL_PSR_CBM_TYPE_L2_CBM
                              : feature->cdp                ? LIBXL_PSR_CBM_TYPE_L3_CBM_CODE
                                                            : LIBXL_PSR_CBM_TYPE_L3_CBM;

    value->domain = domain;
    value->socket = feature->socket;
    value->feature = feature;
    value->known =
        libxl_psr_get_val(xen_ctx(host), domain->domid, type, feature->socket, &value->number) == 0;
    value->data_known = feature->cdp && libxl_psr_get_val(xen_ctx(host), domain->domid,
                                                          LIBXL_PSR_CBM_TYPE_L3_CBM_DATA,
                                                          feature->socket, &value->data) == 0;
}

#else /* not on x86 */

static int not_here(struct error **error)
{
    return error_set(error, ERR_NOT_SUPPORTED, "this architecture has nothing of the kind");
}

int xen_psr_features(struct xen_host *host, enum psr_feature_kind kind,
                     struct psr_feature_list *list, struct error **error)
{
    (void)host, (void)kind, (void)list;
    return not_here(error);
}

int xen_psr_set(struct xen_host *host, const struct domain *domain, enum psr_limit limit,
                unsigned level, const char *sockets, uint64_t value, struct error **error)
{
    (void)host, (void)domain, (void)limit, (void)level, (void)sockets, (void)value;
    return not_here(error);
}

void xen_psr_get(struct xen_host *host, const struct domain *domain,
                 const struct psr_feature *feature, struct psr_value_list *list)
{
    (void)host, (void)domain, (void)feature, (void)list;
}

#endif
