/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cpupool-numa-split: one CPU pool for each NUMA node. */
#include "base/interrupt.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/pool.h"

static int run(struct env *env, void *data, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    int result;

    (void)data;
    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    result = xen_pool_split(host, &outcomes, error);
    interrupt_release();
    return result < 0 ? -1 : common_report(env, &outcomes, error);
}

static const struct example examples[] = {
    { "cpupool-numa-split", "a pool of each node" },
    { NULL, NULL },
};

const struct command cmd_cpupool_numa_split = {
    .name = "cpupool-numa-split",
    .group = GROUP_RESOURCES,
    .summary = "make a CPU pool of each NUMA node",
    .description = "The pools are called Pool-nodeN. All domains stay in the first, and domain 0\n"
                   "gets by with the CPUs of that node. When a step fails, all is as it was.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .columns = &outcome_columns,
    .run = run,
};
