/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Schedulers; see sched.h. */
#include "xen/sched.h"

#include <string.h>

#include "base/mem.h"
#include "xen/calls.h"
#include "xen/domain.h"
#include "xen/pool.h"

static const libxl_scheduler schedulers[] = {
    [SCHED_CREDIT] = LIBXL_SCHEDULER_CREDIT,
    [SCHED_CREDIT2] = LIBXL_SCHEDULER_CREDIT2,
    [SCHED_RTDS] = LIBXL_SCHEDULER_RTDS,
};

/* A pool without CPUs has parameters that the hypervisor does not tell. */
static void get_pool(struct xen_host *host, enum sched_kind kind, struct sched_pool *pool)
{
    struct xen_sysctl_credit_schedule credit;
    struct xen_sysctl_credit2_schedule credit2;
    xc_interface *calls;

    if (xen_calls(host, &calls, NULL) < 0)
        return;
    if (kind == SCHED_CREDIT && xc_sched_credit_params_get(calls, pool->id, &credit) == 0)
        *pool = (struct sched_pool){ pool->name,
                                     pool->id,
                                     true,
                                     credit.tslice_ms,
                                     credit.ratelimit_us,
                                     credit.vcpu_migr_delay_us };
    if (kind == SCHED_CREDIT2 && xc_sched_credit2_params_get(calls, pool->id, &credit2) == 0) {
        pool->known = true;
        pool->ratelimit_us = credit2.ratelimit_us;
    }
}

static int wrong_scheduler(const struct pool *pool, enum sched_kind kind, struct error **error)
{
    error_set(error, ERR_FAILED, "the CPU pool '%s' has the scheduler %s, not %s", pool->name,
              pool->scheduler, sched_kind_name(kind));
    if (strcmp(pool->scheduler, "credit") == 0 || strcmp(pool->scheduler, "credit2") == 0 ||
        strcmp(pool->scheduler, "rtds") == 0)
        return error_hint(error, "use 'xn sched-%s'", pool->scheduler);
    return -1;
}

int xen_sched_pools(struct xen_host *host, enum sched_kind kind, const char *word,
                    struct sched_pool_list *list, struct error **error)
{
    auto_pool_list pools = { NULL, 0 };
    const struct pool *wanted = NULL;

    if (xen_pool_list(host, &pools, error) < 0 ||
        (word && !(wanted = pool_list_find(&pools, word, error))))
        return -1;
    if (wanted && strcmp(wanted->scheduler, sched_kind_name(kind)) != 0)
        return wrong_scheduler(wanted, kind, error);
    list->pools = xcalloc(pools.count, sizeof(*list->pools));
    for (size_t i = 0; i < pools.count; i++) {
        const struct pool *pool = &pools.pools[i];
        struct sched_pool *entry = &list->pools[list->count];

        if ((wanted && pool != wanted) || strcmp(pool->scheduler, sched_kind_name(kind)) != 0)
            continue;
        *entry = (struct sched_pool){ .name = xstrdup(pool->name), .id = pool->id };
        get_pool(host, kind, entry);
        list->count++;
    }
    return 0;
}

static int wrong_domain(const struct domain *domain, enum sched_kind kind, libxl_scheduler actual,
                        struct error **error)
{
    const char *name = libxl_scheduler_to_string(actual);

    error_set(error, ERR_FAILED, "domain %u is under the scheduler %s, not %s", domain->domid,
              name ? name : "of another kind", sched_kind_name(kind));
    if (actual == LIBXL_SCHEDULER_CREDIT || actual == LIBXL_SCHEDULER_CREDIT2 ||
        actual == LIBXL_SCHEDULER_RTDS)
        return error_hint(error, "use 'xn sched-%s'", name);
    return -1;
}

static int get_params(struct xen_host *host, enum sched_kind kind, const struct domain *domain,
                      libxl_domain_sched_params *params, struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = libxl_domain_sched_params_get(xen_ctx(host), domain->domid, params);
    if (rc)
        return xen_error(host, error, rc, "cannot ask how domain %u is scheduled", domain->domid);
    return params->sched == schedulers[kind] ? 0 : wrong_domain(domain, kind, params->sched, error);
}

/* Of a domain whose pool is known to have this scheduler: one hypercall. -1 with errno. */
static int ask_directly(xc_interface *calls, enum sched_kind kind, struct sched_row *row)
{
    uint32_t domid = row->domain->domid;
    struct xen_domctl_sched_credit credit = { 0 };
    struct xen_domctl_sched_credit2 credit2 = { 0 };
    struct xen_domctl_sched_rtds rtds = { 0 };
    int result = -1;

    switch (kind) {
    case SCHED_CREDIT:
        result = xc_sched_credit_domain_get(calls, domid, &credit);
        break;
    case SCHED_CREDIT2:
        result = xc_sched_credit2_domain_get(calls, domid, &credit2);
        break;
    case SCHED_RTDS:
        result = xc_sched_rtds_domain_get(calls, domid, &rtds);
        break;
    }
    row->weight = kind == SCHED_CREDIT ? credit.weight : credit2.weight;
    row->cap = kind == SCHED_CREDIT ? credit.cap : credit2.cap;
    row->period_us = rtds.period;
    row->budget_us = rtds.budget;
    row->extratime = rtds.flags & XEN_DOMCTL_SCHEDRT_extra;
    return result;
}

int xen_sched_get(struct xen_host *host, enum sched_kind kind, struct sched_row *row,
                  struct error **error)
{
    libxl_domain_sched_params params;
    xc_interface *calls;
    int result;

    if (row->pool->name && row->pool->id == row->domain->cpupool_id) {
        if (xen_calls(host, &calls, error) < 0)
            return -1;
        if (ask_directly(calls, kind, row) == 0)
            return 0;
    }
    /* It has no such scheduler, or was moved meanwhile: libxl knows more to say. */
    if (xen_host_need_libxl(host, error) < 0)
        return -1;
    libxl_domain_sched_params_init(&params);
    result = get_params(host, kind, row->domain, &params, error);
    if (result == 0) {
        row->weight = (uint32_t)params.weight;
        row->cap = (uint32_t)params.cap;
        row->period_us = (uint32_t)params.period;
        row->budget_us = (uint32_t)params.budget;
        row->extratime = params.extratime != 0;
    }
    libxl_domain_sched_params_dispose(&params);
    return result;
}

int xen_sched_get_vcpus(struct xen_host *host, const struct domain *domain,
                        const struct sched_pool *pool, struct sched_row_list *list,
                        struct error **error)
{
    libxl_vcpu_sched_params params;
    int rc;

    libxl_vcpu_sched_params_init(&params);
    xen_log_forget(host);
    rc = libxl_vcpu_sched_params_get_all(xen_ctx(host), domain->domid, &params);
    for (int i = 0; rc == 0 && i < params.num_vcpus; i++)
        *sched_row_list_add(list) = (struct sched_row){
            .pool = pool,
            .domain = domain,
            .has_vcpu = true,
            .vcpu = (uint32_t)params.vcpus[i].vcpuid,
            .period_us = (uint32_t)params.vcpus[i].period,
            .budget_us = (uint32_t)params.vcpus[i].budget,
            .extratime = params.vcpus[i].extratime != 0,
        };
    libxl_vcpu_sched_params_dispose(&params);
    return rc ? xen_error(host, error, rc, "cannot ask how the CPUs of domain %u are scheduled",
                          domain->domid)
              : 0;
}

static int check_cap(const struct domain *domain, const struct sched_change *change,
                     struct error **error)
{
    uint32_t max = domain->vcpus_max * 100;

    if (change->cap == SCHED_KEEP || change->cap <= max)
        return 0;
    error_set(error, ERR_FAILED, "cap %llu is out of range: domain %u has %u CPUs, so 0 to %u",
              (unsigned long long)change->cap, domain->domid, domain->vcpus_max, max);
    return error_hint(error, "100 is one CPU, 0 is no limit");
}

static void set_field(int *field, uint64_t value)
{
    if (value != SCHED_KEEP)
        *field = (int)value;
}

int xen_sched_set(struct xen_host *host, enum sched_kind kind, const struct domain *domain,
                  const struct sched_change *change, struct error **error)
{
    libxl_domain_sched_params params;
    int rc = 0, result;

    libxl_domain_sched_params_init(&params);
    result = check_cap(domain, change, error);
    if (result == 0)
        result = get_params(host, kind, domain, &params, error);
    libxl_domain_sched_params_dispose(&params);
    if (result < 0 || xen_domain_verify(host, domain, error) < 0)
        return -1;
    libxl_domain_sched_params_init(&params);
    params.sched = schedulers[kind];
    set_field(&params.weight, change->weight);
    set_field(&params.cap, change->cap);
    xen_log_forget(host);
    rc = libxl_domain_sched_params_set(xen_ctx(host), domain->domid, &params);
    libxl_domain_sched_params_dispose(&params);
    return rc ? xen_error(host, error, rc, "cannot change how domain %u is scheduled",
                          domain->domid)
              : 0;
}

/* The slice of credit must hold the rate limit, also when only one of them changes. */
static int check_credit(const libxl_sched_credit_params *params, struct error **error)
{
    if (params->ratelimit_us <= params->tslice_ms * 1000)
        return 0;
    return error_set(error, ERR_FAILED,
                     "a rate limit of %d us does not fit into a time slice of %d ms",
                     params->ratelimit_us, params->tslice_ms);
}

static int set_credit(struct xen_host *host, const struct sched_pool *pool,
                      const struct sched_change *change, int *ret_rc, struct error **error)
{
    libxl_sched_credit_params params;

    libxl_sched_credit_params_init(&params);
    *ret_rc = libxl_sched_credit_params_get(xen_ctx(host), pool->id, &params);
    if (*ret_rc)
        return 0;
    set_field(&params.tslice_ms, change->tslice_ms);
    set_field(&params.ratelimit_us, change->ratelimit_us);
    set_field(&params.vcpu_migr_delay_us, change->migration_delay_us);
    if (check_credit(&params, error) < 0)
        return -1;
    *ret_rc = libxl_sched_credit_params_set(xen_ctx(host), pool->id, &params);
    return 0;
}

static int set_credit2(struct xen_host *host, const struct sched_pool *pool,
                       const struct sched_change *change)
{
    libxl_sched_credit2_params params;
    int rc;

    libxl_sched_credit2_params_init(&params);
    rc = libxl_sched_credit2_params_get(xen_ctx(host), pool->id, &params);
    if (rc)
        return rc;
    set_field(&params.ratelimit_us, change->ratelimit_us);
    return libxl_sched_credit2_params_set(xen_ctx(host), pool->id, &params);
}

int xen_sched_set_pool(struct xen_host *host, enum sched_kind kind, const struct sched_pool *pool,
                       const struct sched_change *change, struct error **error)
{
    int rc = 0;

    xen_log_forget(host);
    if (kind == SCHED_CREDIT2)
        rc = set_credit2(host, pool, change);
    else if (set_credit(host, pool, change, &rc, error) < 0)
        return -1;
    if (!rc)
        return 0;
    xen_error(host, error, rc, "cannot change the scheduler of the CPU pool '%s'", pool->name);
    return pool->known ? -1 : error_hint(error, "has the pool a CPU? see 'xn cpupool-list'");
}

static void fill_vcpu(libxl_sched_params *params, int vcpu, const struct sched_change *change)
{
    libxl_sched_params_init(params);
    params->vcpuid = vcpu;
    set_field(&params->period, change->period_us);
    set_field(&params->budget, change->budget_us);
    set_field(&params->extratime, change->extratime);
}

/* What is not given keeps its value: rtds wants all of them. */
static void complete_change(const struct sched_row_list *now, uint32_t vcpu,
                            struct sched_change *change)
{
    for (size_t i = 0; i < now->count; i++) {
        const struct sched_row *row = &now->rows[i];

        if (row->vcpu != vcpu)
            continue;
        if (change->period_us == SCHED_KEEP)
            change->period_us = row->period_us;
        if (change->budget_us == SCHED_KEEP)
            change->budget_us = row->budget_us;
        if (change->extratime == SCHED_KEEP)
            change->extratime = row->extratime;
    }
}

static int complete_changes(const struct sched_row_list *now, const struct domain *domain,
                            struct sched_vcpu_change *changes, size_t count, struct error **error)
{
    for (size_t i = 0; i < count; i++) {
        if (changes[i].vcpu >= domain->vcpus_max) {
            error_set(error, ERR_FAILED, "domain %u has no CPU %u", domain->domid, changes[i].vcpu);
            return error_hint(error, "it has %u, counted from 0", domain->vcpus_max);
        }
        complete_change(now, changes[i].vcpu, &changes[i].change);
        if (sched_change_check(SCHED_RTDS, &changes[i].change, error) < 0)
            return -1;
    }
    return 0;
}

static int set_vcpus(struct xen_host *host, const struct domain *domain,
                     const struct sched_vcpu_change *changes, size_t count, struct error **error)
{
    libxl_vcpu_sched_params params;
    int rc;

    libxl_vcpu_sched_params_init(&params);
    params.sched = LIBXL_SCHEDULER_RTDS;
    params.num_vcpus = (int)count;
    params.vcpus = xcalloc(count, sizeof(*params.vcpus));
    for (size_t i = 0; i < count; i++)
        fill_vcpu(&params.vcpus[i], (int)changes[i].vcpu, &changes[i].change);
    xen_log_forget(host);
    rc = libxl_vcpu_sched_params_set(xen_ctx(host), domain->domid, &params);
    libxl_vcpu_sched_params_dispose(&params);
    return rc ? xen_error(host, error, rc, "cannot change how the CPUs of domain %u are scheduled",
                          domain->domid)
              : 0;
}

/* Asks what holds now, and refuses domains under other schedulers. */
static int get_now(struct xen_host *host, const struct domain *domain, struct sched_row_list *now,
                   struct error **error)
{
    struct sched_row row = { .domain = domain };

    if (xen_sched_get(host, SCHED_RTDS, &row, error) < 0)
        return -1;
    return xen_sched_get_vcpus(host, domain, NULL, now, error);
}

int xen_sched_set_vcpus(struct xen_host *host, const struct domain *domain,
                        const struct sched_vcpu_change *changes, size_t count, struct error **error)
{
    auto_sched_row_list now = { NULL, 0 };
    auto_free struct sched_vcpu_change *whole = xcalloc(count, sizeof(*whole));

    memcpy(whole, changes, count * sizeof(*whole));
    if (get_now(host, domain, &now, error) < 0 ||
        complete_changes(&now, domain, whole, count, error) < 0 ||
        xen_domain_verify(host, domain, error) < 0)
        return -1;
    return set_vcpus(host, domain, whole, count, error);
}

int xen_sched_set_all_vcpus(struct xen_host *host, const struct domain *domain,
                            const struct sched_change *change, struct error **error)
{
    auto_sched_row_list now = { NULL, 0 };
    auto_free struct sched_vcpu_change *changes = NULL;
    size_t count;

    if (get_now(host, domain, &now, error) < 0)
        return -1;
    count = now.count;
    changes = xcalloc(count, sizeof(*changes));
    for (size_t i = 0; i < count; i++)
        changes[i] = (struct sched_vcpu_change){ now.rows[i].vcpu, *change };
    return xen_sched_set_vcpus(host, domain, changes, count, error);
}
