/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn shutdown and xn reboot: asking guests to stop or start over. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/act.h"

struct shutdown_args {
    bool all, trigger, force;
    int wait;
    uint64_t timeout_ms;
    struct string_list domains;
};

static void prepare(void *data)
{
    ((struct shutdown_args *)data)->timeout_ms = DEADLINE_NEVER;
}

static int check(const struct env *env, void *data, struct error **error)
{
    struct shutdown_args *args = data;

    if (args->force && args->timeout_ms == DEADLINE_NEVER) {
        error_set(error, ERR_USAGE, "--force needs --timeout");
        return error_hint(error, "say how long the guests may take: --timeout 60s --force; "
                                 "'xn destroy' does not ask them at all");
    }
    if (args->force && args->wait == 0)
        args->wait = 1;
    /* xl ignores words beside -a; its callers may rely on that. */
    if (env->as_xl && args->all)
        string_list_release(&args->domains);
    return common_check_targets(&args->domains, args->all, error);
}

struct telling {
    FILE *err;
    bool reboot;
};

/* xl's progress lines, which its callers may read. */
static void tell_as_xl(void *context, const struct domain *domain, enum stop_event event,
                       int reason)
{
    const struct telling *telling = context;
    unsigned domid = domain->domid;

    switch (event) {
    case STOP_ASKING:
        fprintf(telling->err, "%s domain %u\n", telling->reboot ? "Rebooting" : "Shutting down",
                domid);
        break;
    case STOP_TRIGGERING:
        fprintf(telling->err, "Domain %u has no PV drivers, sending %s trigger\n", domid,
                telling->reboot ? "reset" : "power");
        break;
    case STOP_SHUT_DOWN:
        fprintf(telling->err, "Domain %u has been shut down, reason code %d\n", domid, reason);
        break;
    case STOP_GONE:
        fprintf(telling->err, "Domain %u has been destroyed\n", domid);
        break;
    }
}

static int stop(struct env *env, const struct shutdown_args *args, bool reboot,
                struct error **error)
{
    static const enum stop_wait waits[] = { STOP_NO_WAIT, STOP_WAIT_SHUTDOWN, STOP_WAIT_GONE };
    struct telling telling = { .err = env->err, .reboot = reboot };
    struct stop_options options = {
        .reboot = reboot,
        .trigger = args->trigger,
        .force = args->force,
        .wait = waits[args->wait > 2 ? 2 : args->wait],
        .deadline_ms = deadline_after(args->timeout_ms),
        .on_event = env->as_xl ? tell_as_xl : NULL,
        .context = &telling,
    };
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    int result;

    if (common_open_host(env, &host, error) < 0 ||
        common_targets(host, reboot ? "reboot" : "shutdown", &args->domains, args->all, &outcomes,
                       error) < 0 ||
        interrupt_catch(error) < 0)
        return -1;
    result = xen_domains_stop(host, &options, &outcomes, error);
    interrupt_release();
    return result < 0 ? -1 : common_report(env, &outcomes, error);
}

static int run_shutdown(struct env *env, void *data, struct error **error)
{
    return stop(env, data, false, error);
}

static int run_reboot(struct env *env, void *data, struct error **error)
{
    return stop(env, data, true, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('a', "all", struct shutdown_args, all, "every guest of this host"),
    OPTION_COUNT('w', "wait", struct shutdown_args, wait,
                 "wait until it has stopped; twice: until it is gone"),
    OPTION_FLAG('F', "trigger", struct shutdown_args, trigger,
                "press the ACPI button of guests without Xen drivers"),
    OPTION_NUMBER(0, "timeout", struct shutdown_args, timeout_ms, KIND_DURATION, "TIME",
                  "how long the guests may take, such as 60s or 2m"),
    OPTION_FLAG(0, "force", struct shutdown_args, force,
                "destroy what has not obeyed when --timeout is over"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct shutdown_args, domains, KIND_DOMAIN,
                       "names, domids or UUIDs"),
    ARGUMENT_END,
};

static const struct example shutdown_examples[] = {
    { "shutdown web", "ask the guest web to power off" },
    { "shutdown web db --wait --timeout 60s", "ask both at once and wait for them" },
    { "shutdown --all --timeout 2m --force", "stop everything, by force where needed" },
    { NULL, NULL },
};

static const struct example reboot_examples[] = {
    { "reboot web", "ask the guest web to reboot" },
    { "reboot --all", "reboot every guest" },
    { NULL, NULL },
};

const struct command cmd_shutdown = {
    .name = "shutdown",
    .group = GROUP_LIFECYCLE,
    .summary = "ask guests to power off",
    .description = "All guests are asked at the same time; a silent one delays no other. What\n"
                   "happens to a guest that has powered off is said by its on_poweroff key.",
    .examples = shutdown_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct shutdown_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check,
    .run = run_shutdown,
};

const struct command cmd_reboot = {
    .name = "reboot",
    .group = GROUP_LIFECYCLE,
    .summary = "ask guests to reboot",
    .description =
        "A guest that reboots shuts down first and is then built again by whoever looks\n"
        "after it, as its on_reboot key says. With --wait the command returns when it\n"
        "has shut down.",
    .examples = reboot_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct shutdown_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check,
    .run = run_reboot,
};
