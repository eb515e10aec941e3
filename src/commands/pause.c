/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn pause and xn unpause: taking domains off the CPUs and putting them back. */
#include "commands/common.h"
#include "commands/registry.h"
#include "migrate/record.h"
#include "xen/act.h"

struct pause_args {
    bool all;
    struct string_list domains;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct pause_args *args = data;

    (void)env;
    return common_check_targets(&args->domains, args->all, error);
}

static int act(struct env *env, const struct pause_args *args, enum xen_action action,
               const char *name, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };

    if (common_open_host(env, &host, error) < 0 ||
        common_targets(host, name, &args->domains, args->all, &outcomes, error) < 0)
        return -1;
    /* Of a guest whose migration broke off there may be another copy that runs. */
    for (size_t i = 0; action == XEN_UNPAUSE && i < outcomes.count; i++)
        if (!outcomes.items[i].error)
            (void)record_refuse(outcomes.items[i].domain.uuid, true, "let run",
                                &outcomes.items[i].error);
    if (xen_domains_act(host, action, &outcomes, 0, error) < 0)
        return -1;
    return common_report(env, &outcomes, error);
}

static int run_pause(struct env *env, void *data, struct error **error)
{
    return act(env, data, XEN_PAUSE, "pause", error);
}

static int run_unpause(struct env *env, void *data, struct error **error)
{
    return act(env, data, XEN_UNPAUSE, "unpause", error);
}

static const struct option_spec pause_options[] = {
    OPTION_FLAG('a', "all", struct pause_args, all, "every guest of this host"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct pause_args, domains, KIND_DOMAIN, "names, domids or UUIDs"),
    ARGUMENT_END,
};

static const struct example pause_examples[] = {
    { "pause web", "stop the domain web where it is" },
    { "pause web db --json", "two at once, results as JSON" },
    { NULL, NULL },
};

static const struct example unpause_examples[] = {
    { "unpause web", "let it run on" },
    { "unpause --all", "let every guest run" },
    { NULL, NULL },
};

const struct command cmd_pause = {
    .name = "pause",
    .group = GROUP_LIFECYCLE,
    .summary = "stop running domains where they are",
    .description = "A paused domain gets no CPU time but keeps its memory and devices. It notices\n"
                   "only that time has passed when it is unpaused.",
    .examples = pause_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = pause_options,
    .arguments = arguments,
    .args_size = sizeof(struct pause_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run_pause,
};

const struct command cmd_unpause = {
    .name = "unpause",
    .group = GROUP_LIFECYCLE,
    .summary = "let paused domains run on",
    .description = "Also starts a domain that was created with 'create -p'.",
    .examples = unpause_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = pause_options,
    .arguments = arguments,
    .args_size = sizeof(struct pause_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run_unpause,
};
