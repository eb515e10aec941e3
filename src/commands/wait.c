/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn wait: until domains run, have booted, have shut down or are gone. */
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/await.h"

struct wait_args {
    const char *goal;
    uint64_t timeout_ms;
    struct string_list domains;
};

static const char *const goals[] = {
    [AWAIT_RUNNING] = "running",
    [AWAIT_BOOTED] = "booted",
    [AWAIT_SHUTDOWN] = "shutdown",
    [AWAIT_DESTROYED] = "destroyed",
    NULL,
};

static enum await_goal goal_of(const char *word)
{
    enum await_goal goal = AWAIT_RUNNING;

    while (strcmp(goals[goal], word) != 0)
        goal++;
    return goal;
}

static void prepare(void *data)
{
    ((struct wait_args *)data)->timeout_ms = DEADLINE_NEVER;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct wait_args *args = data;

    (void)env;
    if (args->goal)
        return 0;
    error_set(error, ERR_USAGE, "--for is missing");
    return error_hint(error, "say what to wait for: --for running, booted, shutdown or destroyed");
}

static bool is_there_already(const struct outcome_list *outcomes, const char *word)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (strcmp(outcomes->items[i].target, word) == 0)
            return true;
    return false;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct wait_args *args = data;
    uint64_t deadline_ms = deadline_after(args->timeout_ms);
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    int result;

    for (size_t i = 0; i < args->domains.count; i++)
        if (!is_there_already(&outcomes, args->domains.items[i]))
            outcome_list_add(&outcomes, "wait", args->domains.items[i]);
    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    result = xen_domains_await(host, goal_of(args->goal), deadline_ms, &outcomes, error);
    interrupt_release();
    return result < 0 ? -1 : common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_WORD(0, "for", struct wait_args, goal, goals, "GOAL",
                "running, booted, shutdown or destroyed"),
    OPTION_NUMBER(0, "timeout", struct wait_args, timeout_ms, KIND_DURATION, "TIME",
                  "how long to wait at most, such as 60s or 2m"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS("DOMAIN", struct wait_args, domains, KIND_DOMAIN, "names, domids or UUIDs"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "wait web --for booted --timeout 2m", "until its Xen drivers are up" },
    { "wait web db --for destroyed", "until both are gone" },
    { "wait web --for shutdown --json", "with the time it took, as JSON" },
    { NULL, NULL },
};

const struct command cmd_wait = {
    .name = "wait",
    .group = GROUP_LIFECYCLE,
    .summary = "wait until domains run, have booted, have shut down or are gone",
    .description = "Returns when all of the domains have got there. One that is not here yet is\n"
                   "waited for; for shutdown and destroyed it is done. Only a wait for running\n"
                   "asks the host again and again; the others sleep until something happens.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct wait_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check,
    .run = run,
};
