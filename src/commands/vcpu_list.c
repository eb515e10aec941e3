/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vcpu-list: the CPUs of domains. */
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/vcpu.h"

struct vcpu_list_args {
    struct string_list domains;
};

static bool shows_nodes(const struct env *env)
{
    return env->output.format != FORMAT_DEFAULT || env->output.columns.count ||
           env->output.sort.count || env->output.filters.count;
}

static int print(const struct env *env, struct xen_host *host, struct vcpu_list *vcpus,
                 struct error **error)
{
    auto_free const void **rows = xcalloc(vcpus->count, sizeof(*rows));
    struct listing listing = { .table = &vcpu_columns,
                               .rows = rows,
                               .count = vcpus->count,
                               .xl_columns = &vcpu_xl_column,
                               .xl_count = 1 };

    /* xl's layout has no nodes. */
    if (shows_nodes(env)) {
        if (xen_host_need_libxl(host, error) < 0)
            return -1;
        xen_vcpu_add_nodes(host, vcpus);
    }
    for (size_t i = 0; i < vcpus->count; i++)
        rows[i] = &vcpus->vcpus[i];
    return listing_print(&listing, &env->output, env->out, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct vcpu_list_args *args = data;
    auto_xen_host *host = NULL;
    auto_domain_list list = { NULL, 0 };
    auto_vcpu_list vcpus = { NULL, 0 };
    auto_free const struct domain **chosen = NULL;
    enum status status = STATUS_DONE;
    size_t count;

    if (common_open_host_to_ask(env, &host, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    chosen = xcalloc(list.count + args->domains.count, sizeof(*chosen));
    count = common_choose(env, "vcpu-list", &args->domains, &list, chosen, &status);
    if (args->domains.count && count == 0)
        return (int)status;
    if (xen_vcpu_list(host, chosen, count, &vcpus, error) < 0)
        return -1;
    return print(env, host, &vcpus, error) < 0 ? -1 : (int)status;
}

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct vcpu_list_args, domains, KIND_DOMAIN,
                       "names, domids or UUIDs; all when none is named"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "vcpu-list", "of all domains, in xl's layout" },
    { "vcpu-list web db", "of two of them" },
    { "vcpu-list --columns name,vcpu,node web", "on which NUMA node each runs" },
    { "vcpu-list --json --filter cpu=3", "who is on CPU 3 of the host" },
    { NULL, NULL },
};

const struct command cmd_vcpu_list = {
    .name = "vcpu-list",
    .group = GROUP_RESOURCES,
    .summary = "list the CPUs of domains and where they run",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = arguments,
    .args_size = sizeof(struct vcpu_list_args),
    .columns = &vcpu_columns,
    .run = run,
};
