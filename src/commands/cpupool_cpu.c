/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cpupool-cpu-add and xn cpupool-cpu-remove: the CPUs of a CPU pool. */
#include <libxl_utils.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/cpupool_change.h"
#include "commands/registry.h"
#include "config/cpulist.h"
#include "xen/facts.h"
#include "xen/pool.h"

struct cpupool_cpu_args {
    const char *pool, *cpus;
};

typedef int (*cpu_verb)(struct xen_host *host, const struct pool_list *pools,
                        const struct pool *pool, uint32_t cpu, struct error **error);

static int check(const struct env *env, void *data, struct error **error)
{
    const struct cpupool_cpu_args *args = data;

    (void)env;
    return cpu_list_check(args->cpus, error) < 0 ? error_wrap(error, "CPUS") : 0;
}

/* One outcome for each CPU, so that what was done for some can be seen. "all" has bits beyond the
 * last CPU. */
static void change_cpus(struct xen_host *host, const struct pool_list *pools,
                        const struct pool *pool, const libxl_bitmap *cpus, uint32_t host_cpus,
                        const char *action, cpu_verb verb, struct outcome_list *outcomes)
{
    for (uint32_t cpu = 0; cpu < host_cpus; cpu++) {
        struct outcome *outcome;
        uint64_t started_ms = clock_ms();

        if (!libxl_bitmap_test(cpus, (int)cpu))
            continue;
        outcome = outcome_list_add(outcomes, action, pool->name);
        outcome->pool = xstrdup(pool->name);
        outcome->has_cpu = true;
        outcome->cpu = cpu;
        outcome->result = "done";
        if (interrupt_signal())
            error_set(&outcome->error, ERR_INTERRUPTED, "interrupted before CPU %u", cpu);
        else
            (void)verb(host, pools, pool, cpu, &outcome->error);
        outcome->duration_ms = clock_ms() - started_ms;
    }
}

static int change(struct env *env, const struct cpupool_cpu_args *args, const char *action,
                  cpu_verb verb, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_pool_list pools = { NULL, 0 };
    auto_outcome_list found = { NULL, 0 }, outcomes = { NULL, 0 };
    const struct pool *pool;
    struct host_facts facts;
    libxl_bitmap cpus;
    int result;

    if (common_open_host(env, &host, error) < 0 || xen_host_facts(host, &facts, error) < 0 ||
        interrupt_catch(error) < 0)
        return -1;
    libxl_bitmap_init(&cpus);
    pool = cpupool_find(host, action, args->pool, &pools, &found);
    result = pool ? cpu_list_parse(args->cpus, &facts, &cpus, error) : 0;
    if (result < 0)
        error_wrap(error, "CPUS");
    else if (pool)
        change_cpus(host, &pools, pool, &cpus, facts.cpus, action, verb, &outcomes);
    libxl_bitmap_dispose(&cpus);
    interrupt_release();
    return result < 0 ? -1 : common_report(env, pool ? &outcomes : &found, error);
}

static int run_add(struct env *env, void *data, struct error **error)
{
    return change(env, data, "cpupool-cpu-add", xen_pool_add_cpu, error);
}

static int run_remove(struct env *env, void *data, struct error **error)
{
    return change(env, data, "cpupool-cpu-remove", xen_pool_remove_cpu, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT("POOL", struct cpupool_cpu_args, pool, KIND_POOL, "name or number"),
    ARGUMENT("CPUS", struct cpupool_cpu_args, cpus, KIND_CPUS, "CPUs: '2', '2-3,5', 'node:1'"),
    ARGUMENT_END,
};

static const struct example add_examples[] = {
    { "cpupool-cpu-add batch 3", "CPU 3, which must be free, goes to the pool batch" },
    { "cpupool-cpu-add batch node:1", "all CPUs of the NUMA node 1" },
    { NULL, NULL },
};

static const struct example remove_examples[] = {
    { "cpupool-cpu-remove Pool-0 2-3", "two CPUs are free afterwards" },
    { NULL, NULL },
};

const struct command cmd_cpupool_cpu_add = {
    .name = "cpupool-cpu-add",
    .group = GROUP_RESOURCES,
    .summary = "add free CPUs to a CPU pool",
    .examples = add_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct cpupool_cpu_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run_add,
};

const struct command cmd_cpupool_cpu_remove = {
    .name = "cpupool-cpu-remove",
    .group = GROUP_RESOURCES,
    .summary = "take CPUs out of a CPU pool",
    .description =
        "A pool in which domains run keeps one CPU at least. Domain 0 may have to get by\n"
        "with fewer CPUs first; see 'vcpu-set'.",
    .examples = remove_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct cpupool_cpu_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run_remove,
};
