/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The listings of the sched commands; see sched_listing.h. */
#include "commands/sched_listing.h"

#include "base/clock.h"
#include "base/mem.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/sched.h"

struct gathering {
    struct xen_host *host;
    const struct sched_show *show;
    struct domain_list domains;
    struct sched_pool_list pools;
    struct sched_row_list rows;
};

static void gathering_release(struct gathering *gathering)
{
    domain_list_release(&gathering->domains);
    sched_pool_list_release(&gathering->pools);
    sched_row_list_release(&gathering->rows);
}

static bool is_wanted(const struct sched_show *show, uint32_t vcpu)
{
    for (size_t i = 0; i < show->only_count; i++)
        if (show->only[i] == vcpu)
            return true;
    return !show->only;
}

/* Keeps the rows from index first on that were asked for. */
static int choose_vcpus(struct gathering *gathering, const struct domain *domain, size_t first,
                        struct error **error)
{
    const struct sched_show *show = gathering->show;
    size_t kept = first;

    for (size_t i = 0; show->only && i < show->only_count; i++) {
        if (show->only[i] < domain->vcpus_max)
            continue;
        error_set(error, ERR_FAILED, "domain %u has no CPU %u", domain->domid, show->only[i]);
        return error_hint(error, "it has %u, counted from 0", domain->vcpus_max);
    }
    for (size_t i = first; i < gathering->rows.count; i++)
        if (is_wanted(show, gathering->rows.rows[i].vcpu))
            gathering->rows.rows[kept++] = gathering->rows.rows[i];
    gathering->rows.count = kept;
    return 0;
}

static int add_domain(struct gathering *gathering, const struct domain *domain,
                      const struct sched_pool *pool, struct error **error)
{
    const struct sched_show *show = gathering->show;
    struct sched_row row = { .pool = pool, .domain = domain };
    size_t first = gathering->rows.count;

    if (xen_sched_get(gathering->host, show->kind, &row, error) < 0)
        return -1;
    if (!show->vcpus) {
        *sched_row_list_add(&gathering->rows) = row;
        return 0;
    }
    if (xen_sched_get_vcpus(gathering->host, domain, pool, &gathering->rows, error) < 0)
        return -1;
    return choose_vcpus(gathering, domain, first, error);
}

/* Domains end while they are listed. */
static int add_domains(struct gathering *gathering, const struct sched_pool *pool,
                       struct error **error)
{
    for (size_t i = 0; i < gathering->domains.count; i++) {
        const struct domain *domain = &gathering->domains.domains[i];
        auto_error problem = NULL;
        auto_error gone = NULL;

        if (domain->cpupool_id != pool->id || add_domain(gathering, domain, pool, &problem) == 0 ||
            xen_domain_verify(gathering->host, domain, &gone) < 0)
            continue;
        return error_move(error, TAKE(problem));
    }
    return 0;
}

static const struct sched_pool *pool_of(const struct gathering *gathering,
                                        const struct domain *domain)
{
    for (size_t i = 0; i < gathering->pools.count; i++)
        if (gathering->pools.pools[i].id == domain->cpupool_id)
            return &gathering->pools.pools[i];
    return NULL;
}

static int gather_one(struct gathering *gathering, struct error **error)
{
    static const struct sched_pool unknown = { .name = NULL };
    const struct sched_pool *pool;

    gathering->domains.domains = xcalloc(1, sizeof(*gathering->domains.domains));
    if (xen_domain_find(gathering->host, gathering->show->domain, gathering->domains.domains,
                        error) < 0)
        return -1;
    gathering->domains.count = 1;
    pool = pool_of(gathering, gathering->domains.domains);
    return add_domain(gathering, gathering->domains.domains, pool ? pool : &unknown, error);
}

static int gather(struct gathering *gathering, struct error **error)
{
    const struct sched_show *show = gathering->show;

    if (xen_sched_pools(gathering->host, show->kind, show->pool, &gathering->pools, error) < 0)
        return -1;
    if (show->domain)
        return gather_one(gathering, error);
    if (!show->pools_only &&
        xen_domain_list(gathering->host, DETAIL_NAMES, &gathering->domains, error) < 0)
        return -1;
    for (size_t i = 0; i < gathering->pools.count; i++) {
        const struct sched_pool *pool = &gathering->pools.pools[i];

        if (show->pools_only)
            sched_row_list_add(&gathering->rows)->pool = pool;
        else if (add_domains(gathering, pool, error) < 0)
            return -1;
    }
    return 0;
}

/* The rows of one pool, or of all (NULL). */
static int print_rows(const struct env *env, const struct gathering *gathering,
                      const struct sched_pool *pool, struct error **error)
{
    static const struct column_table *const tables[] = { [SCHED_CREDIT] = &sched_credit_columns,
                                                         [SCHED_CREDIT2] = &sched_credit2_columns,
                                                         [SCHED_RTDS] = &sched_rtds_columns };
    const struct sched_show *show = gathering->show;
    auto_free const void **rows = xcalloc(gathering->rows.count, sizeof(*rows));
    struct listing listing = {
        .table = tables[show->kind],
        .rows = rows,
        .xl_columns = sched_xl_column(show->kind, show->vcpus),
        .xl_count = show->pools_only ? 0 : 1,
    };

    for (size_t i = 0; i < gathering->rows.count; i++)
        if (!pool || gathering->rows.rows[i].pool == pool)
            rows[listing.count++] = &gathering->rows.rows[i];
    return listing_print(&listing, &env->output, env->out, error);
}

static bool is_xl_layout(const struct env *env)
{
    return !env->output.columns.count && env->output.format == FORMAT_DEFAULT;
}

/* xl's layout: for each pool a line about it, then a table of its domains. */
static int print_pools(const struct env *env, const struct gathering *gathering,
                       struct error **error)
{
    for (size_t i = 0; i < gathering->pools.count; i++) {
        const struct sched_pool *pool = &gathering->pools.pools[i];
        auto_str text = STR_INIT;

        sched_pool_xl_line(gathering->show->kind, pool, &text);
        if (output_text(env->out, text.text, text.length, error) < 0 ||
            (!gathering->show->pools_only && print_rows(env, gathering, pool, error) < 0))
            return -1;
    }
    return 0;
}

int sched_show(const struct env *env, struct xen_host *host, const struct sched_show *show,
               struct error **error)
{
    __attribute__((cleanup(gathering_release))) struct gathering gathering = { .host = host,
                                                                               .show = show };

    if (gather(&gathering, error) < 0)
        return -1;
    if (is_xl_layout(env) && !show->domain)
        return print_pools(env, &gathering, error);
    return print_rows(env, &gathering, NULL, error);
}

int sched_set_pool(const struct env *env, struct xen_host *host, enum sched_kind kind,
                   const char *command, const char *pool, const struct sched_change *change,
                   struct error **error)
{
    auto_sched_pool_list pools = { NULL, 0 };
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome = outcome_list_add(&outcomes, command, pool ? pool : "0");

    outcome->pool = xstrdup(outcome->target);
    outcome->result = "done";
    if (xen_sched_pools(host, kind, outcome->target, &pools, &outcome->error) == 0) {
        free(outcome->pool);
        outcome->pool = xstrdup(pools.pools[0].name);
        (void)xen_sched_set_pool(host, kind, &pools.pools[0], change, &outcome->error);
    }
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}
