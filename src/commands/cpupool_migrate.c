/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cpupool-migrate: moving a domain to another CPU pool. */
#include "base/clock.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/pool.h"

struct cpupool_migrate_args {
    const char *domain, *pool;
};

static int migrate(struct xen_host *host, const char *word, struct outcome *outcome,
                   struct error **error)
{
    auto_pool_list pools = { NULL, 0 };
    const struct pool *pool;

    if (xen_pool_list(host, &pools, error) < 0)
        return -1;
    pool = pool_list_find(&pools, word, error);
    if (!pool)
        return -1;
    outcome->pool = xstrdup(pool->name);
    return xen_pool_move_domain(host, pool, &outcome->domain, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct cpupool_migrate_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = common_domain(host, "cpupool-migrate", args->domain, &outcomes);
    if (!outcome->error)
        (void)migrate(host, args->pool, outcome, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct cpupool_migrate_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("POOL", struct cpupool_migrate_args, pool, KIND_POOL, "name or number"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "cpupool-migrate web batch", "web runs in the pool batch from now on" },
    { NULL, NULL },
};

const struct command cmd_cpupool_migrate = {
    .name = "cpupool-migrate",
    .group = GROUP_RESOURCES,
    .summary = "move a domain to another CPU pool",
    .description = "It runs on without a pause. The pool of its configuration stays what it is: a\n"
                   "reboot brings the guest back there.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct cpupool_migrate_args),
    .columns = &outcome_columns,
    .run = run,
};
