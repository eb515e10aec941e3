/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn suspend and xn resume: a guest that waits in memory. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "migrate/save.h"

struct resume_args {
    struct string_list domains;
};

typedef int (*guest_action)(struct xen_host *host, const struct domain *domain,
                            struct error **error);

static int each(struct env *env, const struct resume_args *args, const char *name,
                guest_action action, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };

    if (common_open_host(env, &host, error) < 0 ||
        common_targets(host, name, &args->domains, false, &outcomes, error) < 0 ||
        interrupt_catch(error) < 0)
        return -1;
    for (size_t i = 0; i < outcomes.count; i++) {
        struct outcome *outcome = &outcomes.items[i];
        uint64_t started_ms = clock_ms();

        if (!outcome->error && interrupt_signal())
            error_set(&outcome->error, ERR_INTERRUPTED, "interrupted before its turn");
        if (!outcome->error)
            (void)action(host, &outcome->domain, &outcome->error);
        outcome->result = "done";
        outcome->duration_ms = clock_ms() - started_ms;
    }
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static int run_suspend(struct env *env, void *data, struct error **error)
{
    return each(env, data, "suspend", guest_suspend, error);
}

static int run_resume(struct env *env, void *data, struct error **error)
{
    return each(env, data, "resume", guest_resume, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENTS("DOMAIN", struct resume_args, domains, KIND_DOMAIN, "names, domids or UUIDs"),
    ARGUMENT_END,
};

static const struct example suspend_examples[] = {
    { "suspend web", "the guest goes to sleep and stays in memory" },
    { NULL, NULL },
};

static const struct example resume_examples[] = {
    { "resume web", "wake it, or repair what a killed save or migration left" },
    { NULL, NULL },
};

const struct command cmd_suspend = {
    .name = "suspend",
    .group = GROUP_LIFECYCLE,
    .summary = "suspend guests in memory",
    .description = "The guest itself goes to sleep, as for a save, and waits for 'xn resume'.\n"
                   "Unlike a paused one it knows of it.",
    .examples = suspend_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct resume_args),
    .columns = &outcome_columns,
    .run = run_suspend,
};

const struct command cmd_resume = {
    .name = "resume",
    .group = GROUP_LIFECYCLE,
    .summary = "let suspended guests run on",
    .description = "Wakes guests that 'xn suspend' put to sleep, and those that a save or\n"
                   "migration left suspended because it was killed. A guest that is being saved\n"
                   "right now is refused.",
    .examples = resume_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct resume_args),
    .columns = &outcome_columns,
    .run = run_resume,
};
