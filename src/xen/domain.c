/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding domains; see domain.h. */
#include "xen/domain.h"

#include <errno.h>
#include <libxl_utils.h>
#include <stdlib.h>
#include <string.h>
#include <uuid/uuid.h>

#include "base/mem.h"
#include "model/target.h"
#include "xen/bitmap.h"
#include "xen/mark.h"
#include "xen/store.h"

static const char *type_name(libxl_domain_type type)
{
    switch (type) {
    case LIBXL_DOMAIN_TYPE_HVM:
        return "hvm";
    case LIBXL_DOMAIN_TYPE_PV:
        return "pv";
    case LIBXL_DOMAIN_TYPE_PVH:
        return "pvh";
    default:
        return NULL;
    }
}

static void fill_domain(struct domain *domain, const libxl_dominfo *info)
{
    *domain = (struct domain){
        .domid = info->domid,
        .type = type_name(info->domain_type),
        .memory_kib = info->current_memkb,
        .claimed_kib = info->outstanding_memkb,
        .shared_kib = info->shared_memkb,
        .max_memory_kib = info->max_memkb,
        .vcpus_online = info->vcpu_online,
        .vcpus_max = info->vcpu_max_id + 1,
        .cpu_time_ns = info->cpu_time,
        .cpupool_id = info->cpupool,
        .security_label = xstrdup(info->ssid_label),
        .running = info->running,
        .blocked = info->blocked,
        .paused = info->paused,
        .shutdown = info->shutdown,
        .dying = info->dying,
        .never_stop = info->never_stop,
        .shutdown_reason = info->shutdown ? (int)info->shutdown_reason : SHUTDOWN_UNKNOWN,
    };
    uuid_unparse_lower(*(const uuid_t *)libxl_uuid_bytearray_const(&info->uuid), domain->uuid);
}

static char *affinity_text(struct xen_host *host, uint32_t domid)
{
    libxl_bitmap nodes;
    libxl_physinfo physical;
    char *text = NULL;

    libxl_bitmap_init(&nodes);
    libxl_physinfo_init(&physical);
    if (libxl_node_bitmap_alloc(xen_ctx(host), &nodes, 0) == 0 &&
        libxl_domain_get_nodeaffinity(xen_ctx(host), domid, &nodes) == 0 &&
        libxl_get_physinfo(xen_ctx(host), &physical) == 0)
        text = bitmap_text(&nodes, (int)physical.nr_nodes);
    libxl_physinfo_dispose(&physical);
    libxl_bitmap_dispose(&nodes);
    return text;
}

/* The hypervisor knows only PV and HVM; what it was built as stands in libxl's part of xenstore. */
static const char *built_type(struct xen_host *host, uint32_t domid)
{
    auto_free char *path = xasprintf("/libxl/%u/type", domid);
    auto_free char *type = NULL;
    struct xs_handle *store;
    unsigned length;

    if (xen_store(host, &store, NULL) < 0)
        return NULL;
    type = xs_read(store, XBT_NULL, path, &length);
    return type && strcmp(type, "pvh") == 0 ? "pvh" : NULL;
}

static void fill_details(struct xen_host *host, unsigned details, struct domain *domain)
{
    if (details & DETAIL_NAMES)
        domain->name = libxl_domid_to_name(xen_ctx(host), domain->domid);
    if ((details & DETAIL_TYPE) && domain->type && strcmp(domain->type, "hvm") == 0 &&
        built_type(host, domain->domid))
        domain->type = "pvh";
    if (details & DETAIL_SUSPENDED)
        domain->suspended_by = xen_suspended_by(host, domain);
    if (details & DETAIL_CPUPOOL)
        domain->cpupool = libxl_cpupoolid_to_name(xen_ctx(host), domain->cpupool_id);
    if (details & DETAIL_AFFINITY)
        domain->node_affinity = affinity_text(host, domain->domid);
}

static int compare_domids(const void *a, const void *b)
{
    uint32_t domid_a = ((const struct domain *)a)->domid;
    uint32_t domid_b = ((const struct domain *)b)->domid;

    return (domid_a > domid_b) - (domid_a < domid_b);
}

int xen_domain_list(struct xen_host *host, unsigned details, struct domain_list *list,
                    struct error **error)
{
    libxl_dominfo *info;
    int count = 0;

    xen_log_forget(host);
    info = libxl_list_domain(xen_ctx(host), &count);
    if (!info)
        return xen_error(host, error, ERROR_FAIL, "cannot list the domains");
    list->domains = xcalloc((size_t)count, sizeof(*list->domains));
    list->count = (size_t)count;
    for (int i = 0; i < count; i++) {
        fill_domain(&list->domains[i], &info[i]);
        fill_details(host, details, &list->domains[i]);
    }
    libxl_dominfo_list_free(info, count);
    qsort(list->domains, list->count, sizeof(*list->domains), compare_domids);
    return 0;
}

int xen_domain_list_names(struct xen_host *host, struct domain_list *list, struct error **error)
{
    struct xs_handle *store;

    if (xen_store(host, &store, error) < 0)
        return -1;
    for (size_t i = 0; i < list->count; i++) {
        auto_free char *path = xasprintf("/local/domain/%u/name", list->domains[i].domid);
        unsigned length;

        free(list->domains[i].name);
        list->domains[i].name = xs_read(store, XBT_NULL, path, &length);
        if (!list->domains[i].name && errno != ENOENT)
            return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore", path);
    }
    return 0;
}

int xen_domain_get(struct xen_host *host, uint32_t domid, struct domain *domain,
                   struct error **error)
{
    libxl_dominfo info;
    int rc;

    libxl_dominfo_init(&info);
    xen_log_forget(host);
    rc = libxl_domain_info(xen_ctx(host), &info, domid);
    if (rc == ERROR_DOMAIN_NOTFOUND) {
        error_set(error, ERR_DOMAIN_NOT_FOUND, "no domain has the number %u", domid);
        error_hint(error, "'xn list' shows the domains that are here");
    } else if (rc) {
        xen_error(host, error, rc, "cannot ask for domain %u", domid);
    } else {
        fill_domain(domain, &info);
        fill_details(host, DETAIL_NAMES | DETAIL_TYPE, domain);
    }
    libxl_dominfo_dispose(&info);
    return rc ? -1 : 0;
}

/* Takes the found domain out of the list. */
static void take_domain(struct domain_list *list, const struct domain *found, struct domain *domain)
{
    size_t index = (size_t)(found - list->domains);

    *domain = list->domains[index];
    list->domains[index] = (struct domain){ 0 };
}

int xen_domain_find(struct xen_host *host, const char *word, struct domain *domain,
                    struct error **error)
{
    auto_domain_list list = { NULL, 0 };
    const struct domain *found;
    struct target target;

    if (target_parse(word, &target, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES | DETAIL_TYPE, &list, error) < 0)
        return -1;
    found = target_find(&target, &list, word, error);
    if (!found)
        return -1;
    take_domain(&list, found, domain);
    return 0;
}

int xen_domain_verify(struct xen_host *host, const struct domain *domain, struct error **error)
{
    struct domain now = { 0 };
    int result = xen_domain_get(host, domain->domid, &now, error);

    if (result == 0 && strcmp(now.uuid, domain->uuid) != 0) {
        result = error_set(error, ERR_DOMAIN_NOT_FOUND,
                           "domain %u is another one by now: nothing was done", domain->domid);
        error_hint(error, "look at 'xn list' and try again");
    }
    domain_release(&now);
    return result;
}

bool xen_domain_is_stubdom(struct xen_host *host, const struct domain *domain)
{
    return libxl_is_stubdom(xen_ctx(host), domain->domid, NULL);
}

int xen_domain_rename(struct xen_host *host, const struct domain *domain, const char *new_name,
                      struct error **error)
{
    int rc;

    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_domain_rename(xen_ctx(host), domain->domid, domain->name, new_name);
    if (rc)
        return xen_error(host, error, rc, "cannot rename domain %u to '%s'", domain->domid,
                         new_name);
    return 0;
}

int xen_domain_config_json(struct xen_host *host, const struct domain *domain, char **ret_json,
                           struct error **error)
{
    libxl_domain_config config;
    char *json = NULL;
    int rc;

    libxl_domain_config_init(&config);
    xen_log_forget(host);
    rc = libxl_retrieve_domain_configuration(xen_ctx(host), domain->domid, &config, NULL);
    if (rc == 0) {
        json = libxl_domain_config_to_json(xen_ctx(host), &config);
        rc = json ? 0 : ERROR_FAIL;
    }
    libxl_domain_config_dispose(&config);
    if (rc)
        return xen_error(host, error, rc, "cannot read the configuration of domain %u",
                         domain->domid);
    *ret_json = json;
    return 0;
}
