/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vcpu-set: how many CPUs of a domain are online. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/domain.h"
#include "xen/facts.h"
#include "xen/vcpu.h"

struct vcpu_set_args {
    bool ignore_host;
    const char *domain;
    uint64_t count;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct vcpu_set_args *args = data;

    (void)env;
    if (args->count == 0)
        return error_set(error, ERR_USAGE, "COUNT: a domain cannot be without a CPU");
    return 0;
}

/* More than the host has makes the guest slower, not faster. */
static int check_count(struct xen_host *host, const struct vcpu_set_args *args,
                       const struct domain *domain, struct error **error)
{
    struct host_facts facts;

    if (args->count > domain->vcpus_max) {
        error_set(error, ERR_FAILED, "domain %u has %u CPU%s at most", domain->domid,
                  domain->vcpus_max, domain->vcpus_max == 1 ? "" : "s");
        return error_hint(error, "'maxvcpus' in its configuration says that; it holds from the "
                                 "next start on");
    }
    if (args->ignore_host || args->count <= domain->vcpus_online)
        return 0;
    if (xen_host_facts(host, &facts, error) < 0)
        return -1;
    if (args->count <= facts.cpus)
        return 0;
    error_set(error, ERR_REFUSED, "this host has only %u CPU%s", facts.cpus,
              facts.cpus == 1 ? "" : "s");
    return error_hint(error, "--ignore-host gives the domain more than that");
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct vcpu_set_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    outcome = common_domain(host, "vcpu-set", args->domain, &outcomes);
    if (!outcome->error && check_count(host, args, &outcome->domain, &outcome->error) == 0 &&
        xen_domain_verify(host, &outcome->domain, &outcome->error) == 0)
        (void)xen_vcpu_set_online(host, outcome->domain.domid, (uint32_t)args->count,
                                  &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('i', "ignore-host", struct vcpu_set_args, ignore_host,
                "also more CPUs than the host has"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct vcpu_set_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_NUMBER("COUNT", struct vcpu_set_args, count, KIND_UINT, "how many shall be online"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "vcpu-set web 2", "two CPUs for web" },
    { "vcpu-set 0 1", "domain 0 gets by with one" },
    { NULL, NULL },
};

const struct command cmd_vcpu_set = {
    .name = "vcpu-set",
    .group = GROUP_RESOURCES,
    .summary = "set how many CPUs of a running domain are online",
    .description =
        "The guest switches its CPUs on and off itself, when it gets to it; 'vcpu-list'\n"
        "shows what has come of it.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_SIGNED,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct vcpu_set_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
