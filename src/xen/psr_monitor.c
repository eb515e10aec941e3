/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much cache and memory bandwidth domains use; see psr.h. */
#include <libxl_utils.h>
#include <poll.h>
#include <string.h>

#include "base/mem.h"
#include "xen/domain.h"
#include "xen/psr.h"

#ifdef LIBXL_HAVE_PSR_CMT

/* A counter of bytes makes a bandwidth only over some time. */
#define SAMPLE_MS 10
/* The counter is short and starts again from 0. */
#define SAMPLE_TRIES 4

static const libxl_psr_cmt_type types[] = {
    [PSR_CACHE_OCCUPANCY] = LIBXL_PSR_CMT_TYPE_CACHE_OCCUPANCY,
    [PSR_TOTAL_BANDWIDTH] = LIBXL_PSR_CMT_TYPE_TOTAL_MEM_COUNT,
    [PSR_LOCAL_BANDWIDTH] = LIBXL_PSR_CMT_TYPE_LOCAL_MEM_COUNT,
};

static int is_off(struct error **error)
{
    error_set(error, ERR_NOT_SUPPORTED, "cache monitoring (CMT) is off or not there");
    return error_hint(error, "it needs an Intel CPU with that, and Xen booted with psr=cmt");
}

int xen_psr_attach(struct xen_host *host, const struct domain *domain, struct error **error)
{
    int rc;

    if (!libxl_psr_cmt_enabled(xen_ctx(host)))
        return is_off(error);
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_psr_cmt_attach(xen_ctx(host), domain->domid);
    return rc ? xen_error(host, error, rc, "cannot monitor domain %u", domain->domid) : 0;
}

int xen_psr_detach(struct xen_host *host, const struct domain *domain, struct error **error)
{
    int rc;

    if (!libxl_psr_cmt_enabled(xen_ctx(host)))
        return is_off(error);
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_psr_cmt_detach(xen_ctx(host), domain->domid);
    return rc ? xen_error(host, error, rc, "cannot stop monitoring domain %u", domain->domid) : 0;
}

bool xen_psr_is_attached(struct xen_host *host, const struct domain *domain)
{
    return libxl_psr_cmt_domain_attached(xen_ctx(host), domain->domid) > 0;
}

static int find_sockets(struct xen_host *host, struct psr_monitor *monitor, uint32_t **ret_sockets,
                        uint32_t **ret_caches, struct error **error)
{
    libxl_bitmap sockets;
    int rc, bits;

    libxl_bitmap_init(&sockets);
    rc = libxl_socket_bitmap_alloc(xen_ctx(host), &sockets, 0);
    if (!rc)
        rc = libxl_get_online_socketmap(xen_ctx(host), &sockets);
    bits = (int)sockets.size * 8;
    *ret_sockets = xcalloc((size_t)bits + 1, sizeof(**ret_sockets));
    *ret_caches = xcalloc((size_t)bits + 1, sizeof(**ret_caches));
    for (int i = 0; !rc && i < bits; i++) {
        if (!libxl_bitmap_test(&sockets, i))
            continue;
        (*ret_sockets)[monitor->socket_count] = (uint32_t)i;
        (void)libxl_psr_cmt_get_l3_cache_size(xen_ctx(host), (uint32_t)i,
                                              &(*ret_caches)[monitor->socket_count]);
        monitor->socket_count++;
    }
    libxl_bitmap_dispose(&sockets);
    return rc ? xen_error(host, error, rc, "cannot ask for the sockets of this host") : 0;
}

int xen_psr_monitor_open(struct xen_host *host, enum psr_monitor_kind kind,
                         struct psr_monitor *monitor, uint32_t **ret_sockets, uint32_t **ret_caches,
                         struct error **error)
{
    int rc;

    *monitor = (struct psr_monitor){ .bandwidth = kind != PSR_CACHE_OCCUPANCY };
    xen_log_forget(host);
    if (!libxl_psr_cmt_enabled(xen_ctx(host)))
        return is_off(error);
    if (!libxl_psr_cmt_type_supported(xen_ctx(host), types[kind]))
        return error_set(error, ERR_NOT_SUPPORTED, "this host cannot monitor '%s'",
                         xen_psr_monitors[kind]);
    rc = libxl_psr_cmt_get_total_rmid(xen_ctx(host), &monitor->rmids);
    if (rc)
        return xen_error(host, error, rc, "cannot ask how many domains can be monitored");
    if (find_sockets(host, monitor, ret_sockets, ret_caches, error) < 0)
        return -1;
    monitor->sockets = *ret_sockets;
    monitor->l3_cache_kib = *ret_caches;
    return 0;
}

static bool take_sample(struct xen_host *host, uint32_t domid, enum psr_monitor_kind kind,
                        uint32_t socket, uint64_t *bytes, uint64_t *time_ns)
{
    return libxl_psr_cmt_get_sample(xen_ctx(host), domid, types[kind], socket, bytes, time_ns) == 0;
}

static bool bandwidth(struct xen_host *host, uint32_t domid, enum psr_monitor_kind kind,
                      uint32_t socket, uint64_t *ret_kib)
{
    uint64_t bytes[2], time_ns[2];

    for (int i = 0; i < SAMPLE_TRIES; i++) {
        if (!take_sample(host, domid, kind, socket, &bytes[0], &time_ns[0]))
            return false;
        (void)poll(NULL, 0, SAMPLE_MS);
        if (!take_sample(host, domid, kind, socket, &bytes[1], &time_ns[1]) ||
            time_ns[1] <= time_ns[0])
            return false;
        if (bytes[1] < bytes[0])
            continue;
        *ret_kib = (uint64_t)((double)(bytes[1] - bytes[0]) * 1e9 /
                              (double)(time_ns[1] - time_ns[0]) / 1024);
        return true;
    }
    return false;
}

void xen_psr_sample(struct xen_host *host, const struct domain *domain, enum psr_monitor_kind kind,
                    const struct psr_monitor *monitor, struct psr_value_list *list)
{
    for (size_t i = 0; i < monitor->socket_count; i++) {
        struct psr_value *value = psr_value_list_add(list);
        uint32_t socket = monitor->sockets[i];
        uint64_t bytes = 0;

        value->domain = domain;
        value->socket = socket;
        if (monitor->bandwidth) {
            value->known = bandwidth(host, domain->domid, kind, socket, &value->number);
        } else {
            value->known = take_sample(host, domain->domid, kind, socket, &bytes, NULL);
            value->number = bytes / 1024;
        }
    }
}

#else /* not on x86 */

static int not_here(struct error **error)
{
    return error_set(error, ERR_NOT_SUPPORTED, "this architecture has nothing of the kind");
}

int xen_psr_attach(struct xen_host *host, const struct domain *domain, struct error **error)
{
    (void)host, (void)domain;
    return not_here(error);
}

int xen_psr_detach(struct xen_host *host, const struct domain *domain, struct error **error)
{
    (void)host, (void)domain;
    return not_here(error);
}

bool xen_psr_is_attached(struct xen_host *host, const struct domain *domain)
{
    (void)host, (void)domain;
    return false;
}

int xen_psr_monitor_open(struct xen_host *host, enum psr_monitor_kind kind,
                         struct psr_monitor *monitor, uint32_t **ret_sockets, uint32_t **ret_caches,
                         struct error **error)
{
    (void)host, (void)kind, (void)monitor, (void)ret_sockets, (void)ret_caches;
    return not_here(error);
}

void xen_psr_sample(struct xen_host *host, const struct domain *domain, enum psr_monitor_kind kind,
                    const struct psr_monitor *monitor, struct psr_value_list *list)
{
    (void)host, (void)domain, (void)kind, (void)monitor, (void)list;
}

#endif
