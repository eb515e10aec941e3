/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn set-parameters: parameters of the hypervisor while it runs. */
#include "base/clock.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/hypervisor.h"

struct set_parameters_args {
    struct string_list words;
};

/* A word of xl may hold several, with blanks between them. */
static void split(const struct string_list *words, struct string_list *parameters)
{
    for (size_t i = 0; i < words->count; i++) {
        auto_string_list parts = STRING_LIST_INIT;

        string_list_split(&parts, words->items[i], ' ');
        for (size_t part = 0; part < parts.count; part++)
            if (*parts.items[part])
                string_list_add(parameters, parts.items[part]);
    }
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct set_parameters_args *args = data;
    auto_string_list parameters = STRING_LIST_INIT;

    (void)env;
    split(&args->words, &parameters);
    for (size_t i = 0; i < parameters.count; i++)
        if (*parameters.items[i] == '=')
            return error_set(error, ERR_USAGE, "PARAMETER: '%s' has no name in front of the '='",
                             parameters.items[i]);
    if (parameters.count == 0) {
        error_set(error, ERR_USAGE, "PARAMETER: empty");
        return error_hint(error, "write it as NAME=VALUE");
    }
    return 0;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct set_parameters_args *args = data;
    auto_string_list parameters = STRING_LIST_INIT;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };

    if (common_open_host(env, &host, error) < 0)
        return -1;
    split(&args->words, &parameters);
    for (size_t i = 0; i < parameters.count; i++) {
        struct outcome *outcome =
            outcome_list_add(&outcomes, "set-parameters", parameters.items[i]);
        uint64_t started_ms = clock_ms();

        outcome->result = "done";
        (void)xen_parameter_set(host, parameters.items[i], &outcome->error);
        outcome->duration_ms = clock_ms() - started_ms;
    }
    return common_report(env, &outcomes, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENTS("PARAMETER", struct set_parameters_args, words, KIND_TEXT,
              "NAME=VALUE, or NAME and no-NAME of what is on or off"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "set-parameters gnttab_max_frames=128", "more grant frames for guests made from now on" },
    { NULL, NULL },
};

const struct command cmd_set_parameters = {
    .name = "set-parameters",
    .group = GROUP_HOST,
    .summary = "change parameters of the running hypervisor",
    .description = "The parameters are those of the hypervisor's command line; only some of them\n"
                   "can be changed while it runs. The change is lost at its next boot.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct set_parameters_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
