/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cpupool-destroy and xn cpupool-rename: what becomes of a CPU pool as a whole. */
#include "base/clock.h"
#include "base/mem.h"
#include "commands/cpupool_change.h"
#include "commands/registry.h"
#include "xen/pool.h"

struct cpupool_args {
    const char *pool, *new_name;
};

const struct pool *cpupool_find(struct xen_host *host, const char *action, const char *word,
                                struct pool_list *pools, struct outcome_list *outcomes)
{
    struct outcome *outcome = outcome_list_add(outcomes, action, word);
    const struct pool *pool = NULL;

    outcome->result = "done";
    if (xen_pool_list(host, pools, &outcome->error) == 0)
        pool = pool_list_find(pools, word, &outcome->error);
    outcome->pool = xstrdup(pool ? pool->name : word);
    return pool;
}

static int check_rename(const struct env *env, void *data, struct error **error)
{
    const struct cpupool_args *args = data;

    (void)env;
    return pool_check_name(args->new_name, error);
}

/* With new_name it is renamed, without it goes. */
static int change(struct env *env, const struct cpupool_args *args, const char *action,
                  struct error **error)
{
    auto_xen_host *host = NULL;
    auto_pool_list pools = { NULL, 0 };
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    const struct pool *pool;
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    pool = cpupool_find(host, action, args->pool, &pools, &outcomes);
    outcome = &outcomes.items[0];
    if (pool && args->new_name)
        (void)xen_pool_rename(host, pool, args->new_name, &outcome->error);
    else if (pool)
        (void)xen_pool_destroy(host, pool, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static int run_destroy(struct env *env, void *data, struct error **error)
{
    return change(env, data, "cpupool-destroy", error);
}

static int run_rename(struct env *env, void *data, struct error **error)
{
    return change(env, data, "cpupool-rename", error);
}

static const struct argument_spec destroy_arguments[] = {
    ARGUMENT("POOL", struct cpupool_args, pool, KIND_POOL, "name or number"),
    ARGUMENT_END,
};

static const struct argument_spec rename_arguments[] = {
    ARGUMENT("POOL", struct cpupool_args, pool, KIND_POOL, "name or number"),
    ARGUMENT("NEW-NAME", struct cpupool_args, new_name, KIND_TEXT, "what to call it"),
    ARGUMENT_END,
};

static const struct example destroy_examples[] = {
    { "cpupool-destroy batch", "its CPUs are free afterwards" },
    { NULL, NULL },
};

static const struct example rename_examples[] = {
    { "cpupool-rename Pool-0 system", "call the first pool system" },
    { NULL, NULL },
};

const struct command cmd_cpupool_destroy = {
    .name = "cpupool-destroy",
    .group = GROUP_RESOURCES,
    .summary = "remove a CPU pool in which no domain runs",
    .examples = destroy_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = destroy_arguments,
    .args_size = sizeof(struct cpupool_args),
    .columns = &outcome_columns,
    .run = run_destroy,
};

const struct command cmd_cpupool_rename = {
    .name = "cpupool-rename",
    .group = GROUP_RESOURCES,
    .summary = "give a CPU pool another name",
    .examples = rename_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = rename_arguments,
    .args_size = sizeof(struct cpupool_args),
    .columns = &outcome_columns,
    .check = check_rename,
    .run = run_rename,
};
