/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn mem-max: the most that the hypervisor gives a domain. */
#include "base/clock.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/balloon.h"

struct mem_max_args {
    const char *domain;
    uint64_t size_kib;
};

static int run(struct env *env, void *data, struct error **error)
{
    const struct mem_max_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = common_domain(host, "mem-max", args->domain, &outcomes);
    if (!outcome->error)
        (void)xen_balloon_limit(host, &outcome->domain, args->size_kib, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct mem_max_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_NUMBER("SIZE", struct mem_max_args, size_kib, KIND_SIZE,
                    "the limit, in MiB or with k, m, g or t"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "mem-max web 4g", "web gets 4 GiB at most" },
    { NULL, NULL },
};

const struct command cmd_mem_max = {
    .name = "mem-max",
    .group = GROUP_RESOURCES,
    .summary = "limit the memory that the hypervisor gives a domain",
    .description = "How much the domain holds stays as it is: 'mem-set' changes that.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_SIGNED,
    .arguments = arguments,
    .args_size = sizeof(struct mem_max_args),
    .columns = &outcome_columns,
    .run = run,
};
