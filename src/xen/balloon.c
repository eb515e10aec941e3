/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory of running domains; see balloon.h. */
#include "xen/balloon.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"
#include "xen/store.h"
#include "xen/wait.h"

/* Less than this no guest can live with; libxl would set it. */
#define GUEST_MIN_KIB 4096
/* The same of domain 0 is libxl's (LIBXL_MIN_DOM0_MEM in its sources). */
#define DOM0_MIN_KIB (128 * 1024)
/* A few pages more or less have other uses. */
#define NEAR_KIB 2048

struct range {
    uint64_t min_kib, max_kib;
    uint64_t video_kib; /* HVM: part of its memory, but not of the target in xenstore */
};

/* 0 when there is no such number: a domain need not have each of them. */
static uint64_t read_kib(struct xs_handle *store, uint32_t domid, const char *name)
{
    auto_free char *path = xasprintf("/local/domain/%u/memory/%s", domid, name);
    auto_free char *text = NULL;
    unsigned length;
    uint64_t kib;

    text = xs_read(store, XBT_NULL, path, &length);
    return text && parse_uint(text, INT64_MAX, &kib) ? kib : 0;
}

static int get_range(struct xen_host *host, const struct domain *domain, struct range *range,
                     struct error **error)
{
    struct xs_handle *store;

    if (xen_store(host, &store, error) < 0)
        return -1;
    range->video_kib = read_kib(store, domain->domid, "videoram");
    range->min_kib = domain->domid == 0 ? DOM0_MIN_KIB : GUEST_MIN_KIB + range->video_kib;
    range->max_kib = read_kib(store, domain->domid, "static-max");
    return 0;
}

static int get_target(struct xen_host *host, const struct domain *domain, const struct range *range,
                      uint64_t *ret_kib, struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = libxl_get_memory_target(xen_ctx(host), domain->domid, ret_kib);
    if (rc)
        return xen_error(host, error, rc, "cannot ask how much memory domain %u shall hold",
                         domain->domid);
    *ret_kib += range->video_kib;
    return 0;
}

static int check_range(const struct domain *domain, const struct range *range, uint64_t kib,
                       struct error **error)
{
    auto_free char *wanted = human_kib(kib);
    auto_free char *min = human_kib(range->min_kib);
    auto_free char *max = human_kib(range->max_kib);

    if (kib < range->min_kib)
        return error_set(error, ERR_FAILED, "%s is too little for domain %u: it needs %s at least",
                         wanted, domain->domid, min);
    if (range->max_kib == 0 || kib <= range->max_kib)
        return 0;
    error_set(error, ERR_FAILED, "%s is too much for domain %u: it was built for %s at most",
              wanted, domain->domid, max);
    return error_hint(error, "'maxmem' in its configuration says that; it holds from the next "
                             "start on");
}

static int find_target(struct xen_host *host, const struct domain *domain,
                       const struct range *range, const struct balloon_change *change,
                       uint64_t *ret_kib, struct error **error)
{
    uint64_t now_kib;

    *ret_kib = change->kib;
    if (change->how == BALLOON_TO)
        return 0;
    if (get_target(host, domain, range, &now_kib, error) < 0)
        return -1;
    if (change->how == BALLOON_LESS)
        *ret_kib = change->kib < now_kib ? now_kib - change->kib : 0;
    else if (__builtin_add_overflow(now_kib, change->kib, ret_kib))
        *ret_kib = UINT64_MAX;
    return 0;
}

int xen_balloon_set(struct xen_host *host, const struct domain *domain,
                    const struct balloon_change *change, uint64_t *ret_target_kib,
                    struct error **error)
{
    struct range range;
    int rc;

    if (get_range(host, domain, &range, error) < 0 ||
        find_target(host, domain, &range, change, ret_target_kib, error) < 0 ||
        check_range(domain, &range, *ret_target_kib, error) < 0)
        return -1;
    if (*ret_target_kib > INT64_MAX / 1024)
        return error_set(error, ERR_FAILED, "no host has so much memory");
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_set_memory_target(xen_ctx(host), domain->domid, (int64_t)*ret_target_kib, 0, 1);
    return rc ? xen_error(host, error, rc, "cannot set the memory of domain %u", domain->domid) : 0;
}

struct balloon_wait {
    struct xen_host *host;
    const struct domain *domain;
    uint64_t target_kib, memory_kib;
    bool growing, gone;
    void (*on_change)(void *context, uint64_t memory_kib);
    void *context;
};

static void look(struct balloon_wait *wait)
{
    struct domain now = { 0 };
    auto_error error = NULL;

    if (xen_domain_verify(wait->host, wait->domain, &error) < 0 ||
        xen_domain_get(wait->host, wait->domain->domid, &now, &error) < 0)
        wait->gone = error->code == ERR_DOMAIN_NOT_FOUND;
    else
        wait->memory_kib = now.memory_kib;
    domain_release(&now);
}

static bool has_reached(void *context)
{
    struct balloon_wait *wait = context;

    look(wait);
    if (wait->gone)
        return true;
    return wait->growing ? wait->memory_kib + NEAR_KIB >= wait->target_kib
                         : wait->memory_kib <= wait->target_kib + NEAR_KIB;
}

static void on_tick(void *context)
{
    struct balloon_wait *wait = context;

    if (wait->on_change)
        wait->on_change(wait->context, wait->memory_kib);
}

static int not_reached(const struct balloon_wait *wait, enum xen_loop_end end, struct error **error)
{
    auto_free char *target = human_kib(wait->target_kib);
    auto_free char *holds = human_kib(wait->memory_kib);

    if (end == LOOP_SIGNAL)
        error_set(error, ERR_INTERRUPTED, "interrupted: domain %u holds %s, not yet %s",
                  wait->domain->domid, holds, target);
    else
        error_set(error, ERR_TIMEOUT, "domain %u holds %s, not yet %s", wait->domain->domid, holds,
                  target);
    return error_hint(error, "the target stays set; has the guest a balloon driver, and does it "
                             "have so much to give?");
}

/* Nobody tells when a balloon has moved: the hypervisor is asked twice a second. */
int xen_balloon_wait(struct xen_host *host, const struct domain *domain, uint64_t target_kib,
                     uint64_t deadline_ms, void (*on_change)(void *context, uint64_t memory_kib),
                     void *context, struct error **error)
{
    struct balloon_wait wait = { .host = host,
                                 .domain = domain,
                                 .target_kib = target_kib,
                                 .on_change = on_change,
                                 .context = context };
    struct xen_loop loop = { .finished = has_reached,
                             .on_tick = on_tick,
                             .context = &wait,
                             .deadline_ms = deadline_ms,
                             .extra_fd = -1 };
    enum xen_loop_end end;

    look(&wait);
    wait.growing = wait.memory_kib < target_kib;
    if (xen_loop_run(host, &loop, &end, error) < 0)
        return -1;
    if (wait.gone)
        return error_set(error, ERR_DOMAIN_NOT_FOUND, "domain %u went away meanwhile",
                         domain->domid);
    return end == LOOP_FINISHED ? 0 : not_reached(&wait, end, error);
}

int xen_balloon_limit(struct xen_host *host, const struct domain *domain, uint64_t limit_kib,
                      struct error **error)
{
    struct range range;
    uint64_t target_kib;
    int rc;

    if (get_range(host, domain, &range, error) < 0 ||
        get_target(host, domain, &range, &target_kib, error) < 0)
        return -1;
    if (limit_kib < target_kib) {
        auto_free char *limit = human_kib(limit_kib);
        auto_free char *target = human_kib(target_kib);

        error_set(error, ERR_FAILED, "%s is less than the %s that domain %u shall hold", limit,
                  target, domain->domid);
        return error_hint(error, "lower that first with 'xn mem-set'");
    }
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_domain_setmaxmem(xen_ctx(host), domain->domid, limit_kib);
    return rc ? xen_error(host, error, rc, "cannot limit the memory of domain %u", domain->domid)
              : 0;
}
