/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn destroy: ending domains at once. */
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/act.h"

struct destroy_args {
    bool force;
    struct string_list domains;
};

static int run(struct env *env, void *data, struct error **error)
{
    struct destroy_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };

    if (common_open_host(env, &host, error) < 0 ||
        common_targets(host, "destroy", &args->domains, false, &outcomes, error) < 0 ||
        xen_domains_act(host, XEN_DESTROY, &outcomes, 0, error) < 0)
        return -1;
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG_HIDDEN('f', NULL, struct destroy_args, force,
                       "accepted for xl's sake; domain 0 is refused all the same"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS("DOMAIN", struct destroy_args, domains, KIND_DOMAIN, "names, domids or UUIDs"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "destroy web", "end the domain web, like pulling its plug" },
    { "destroy 7 8 9 --json", "three at once, results as JSON" },
    { NULL, NULL },
};

const struct command cmd_destroy = {
    .name = "destroy",
    .group = GROUP_LIFECYCLE,
    .summary = "end domains at once",
    .description = "Like pulling the plug: the guest is not asked and what it has not written to\n"
                   "disk is lost. 'xn shutdown' asks it first.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct destroy_args),
    .columns = &outcome_columns,
    .run = run,
};
