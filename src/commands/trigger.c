/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn trigger and its older form, xn button-press: hardware events for a guest. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/trigger.h"

struct trigger_args {
    const char *domain, *trigger;
    uint64_t vcpu;
};

static int trigger(struct env *env, const struct trigger_args *args, const char *action,
                   struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome;
    uint64_t started_ms;

    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    started_ms = clock_ms();
    outcome = common_guest(host, action, args->domain, "send that to",
                           "its own kernel does such things: see /proc/sysrq-trigger", &outcomes);
    outcome->result = "sent";
    if (!outcome->error)
        (void)xen_trigger_send(host, &outcome->domain, args->trigger, (uint32_t)args->vcpu,
                               &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static int run_trigger(struct env *env, void *data, struct error **error)
{
    return trigger(env, data, "trigger", error);
}

static int run_button_press(struct env *env, void *data, struct error **error)
{
    int result = trigger(env, data, "button-press", error);

    if (result >= 0 && env->output.format != FORMAT_JSON)
        fprintf(env->err, "%s: button-press: warning: this is an old form of '%s trigger'\n",
                env->program, env->program);
    return result;
}

static const char *const buttons[] = { "power", "sleep", NULL };

static const struct argument_spec trigger_arguments[] = {
    ARGUMENT("DOMAIN", struct trigger_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_WORD("TRIGGER", struct trigger_args, trigger, xen_trigger_names,
                  "nmi, reset, init, power, sleep or s3resume"),
    ARGUMENT_NUMBER_OPTIONAL("VCPU", struct trigger_args, vcpu, KIND_UINT,
                             "the virtual CPU that nmi goes to; 0 when it is left out"),
    ARGUMENT_END,
};

static const struct argument_spec button_press_arguments[] = {
    ARGUMENT("DOMAIN", struct trigger_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_WORD("BUTTON", struct trigger_args, trigger, buttons, "power or sleep"),
    ARGUMENT_END,
};

static const struct example trigger_examples[] = {
    { "trigger web nmi", "make a hanging kernel panic, if it is set up to" },
    { "trigger win power", "press the power button of the guest win" },
    { "trigger win s3resume --json", "wake it up, result as JSON" },
    { NULL, NULL },
};

static const struct example button_press_examples[] = {
    { "button-press win power", "press the power button of the guest win" },
    { NULL, NULL },
};

const struct command cmd_trigger = {
    .name = "trigger",
    .group = GROUP_LIFECYCLE,
    .summary = "send a hardware event to a guest",
    .description = "nmi: a non-maskable interrupt, for guests of every type. power and sleep: the\n"
                   "ACPI buttons of an HVM guest. s3resume: wakes an HVM guest from its sleep.\n"
                   "reset and init have names, but Xen does not do them on x86. What the guest\n"
                   "makes of an event cannot be seen from here.",
    .examples = trigger_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = trigger_arguments,
    .args_size = sizeof(struct trigger_args),
    .columns = &outcome_columns,
    .run = run_trigger,
};

const struct command cmd_button_press = {
    .name = "button-press",
    .group = GROUP_LIFECYCLE,
    .summary = "press a button of a guest, an old form of trigger",
    .description = "The same as 'trigger' with power or sleep.",
    .examples = button_press_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = button_press_arguments,
    .args_size = sizeof(struct trigger_args),
    .columns = &outcome_columns,
    .run = run_button_press,
};
