/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn recover: the one safe step after a migration that broke off. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "migrate/recover.h"
#include "out/listing.h"

struct recover_args {
    bool yes, checked;
    const char *domain;
};

static const char *copy_text(const struct migration_view *view)
{
    switch (view->copy) {
    case COPY_NONE:
        return "not here";
    case COPY_RUNS:
        return "runs";
    case COPY_PAUSED:
        return "paused";
    case COPY_SUSPENDED:
        return "stands still, suspended";
    }
    return "?";
}

static const char *step_text(enum recovery step)
{
    switch (step) {
    case RECOVERY_NOTHING:
        return "forget about it";
    case RECOVERY_RESUME:
        return "let it run on here";
    case RECOVERY_DESTROY:
        return "end the copy here";
    case RECOVERY_FINISH:
        return "let it run here";
    case RECOVERY_WAIT:
    case RECOVERY_THERE:
    case RECOVERY_UNDECIDED:
    case RECOVERY_TWO:
        break;
    }
    return "nothing, from here";
}

static void describe_there(const struct recover_plan *plan, struct str *text)
{
    auto_free char *host = printable(plan->record.host);

    if (!plan->record.host)
        return;
    str_addf(text, "  on %s: ", host);
    if (plan->there.answered)
        str_addf(text, "%s\n",
                 plan->there.copy == COPY_NONE ? "not there" : copy_text(&plan->there));
    else
        str_addf(text, "%s\n", plan->no_answer ? plan->no_answer : "not asked");
}

static void describe(const struct recover_plan *plan, struct str *text)
{
    auto_free char *name = printable(plan->record.name ? plan->record.name : plan->record.uuid);

    if (plan->record.state == MIGRATION_NONE) {
        str_addf(text, "no migration of it is on record here\n");
        return;
    }
    str_addf(text, "%s: %s migration, %s\n", name, plan->record.incoming ? "incoming" : "outgoing",
             migration_state_name(plan->record.state));
    str_addf(text, "  here: %s\n", copy_text(&plan->here));
    describe_there(plan, text);
    str_addf(text, "  safe is: %s (%s)\n", step_text(plan->step), plan->reason);
}

static bool is_step(enum recovery step)
{
    return step == RECOVERY_NOTHING || step == RECOVERY_RESUME || step == RECOVERY_DESTROY ||
           step == RECOVERY_FINISH;
}

static int recover(const struct env *env, const struct recover_args *args, struct xen_host *host,
                   struct outcome *outcome, struct error **error)
{
    auto_recover_plan plan = { 0 };
    auto_str text = STR_INIT;

    if (recover_look(host, args->domain, args->checked, &plan, error) < 0)
        return -1;
    if (plan.copy.uuid[0])
        outcome->domain = domain_copy(&plan.copy);
    outcome->result = recover_step_name(plan.step);
    describe(&plan, &text);
    if (is_step(plan.step) && !args->yes && plan.record.state != MIGRATION_NONE)
        str_add(&text, "'--yes' does it\n");
    if (env->output.format == FORMAT_DEFAULT &&
        output_text(env->out, str_text(&text), text.length, error) < 0)
        return -1;
    return args->yes || !is_step(plan.step) ? recover_act(host, &plan, error) : 0;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct recover_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    outcome = outcome_list_add(&outcomes, "recover", args->domain);
    (void)recover(env, args, host, outcome, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('y', "yes", struct recover_args, yes, "take the step"),
    OPTION_FLAG(0, "i-checked-the-other-host", struct recover_args, checked,
                "it does not run there, and never will"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct recover_args, domain, KIND_DOMAIN,
             "name, domid or UUID; it need not be here any more"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "recover web", "look at both ends and say what is safe" },
    { "recover --yes web", "and do it" },
    { NULL, NULL },
};

const struct command cmd_recover = {
    .name = "recover",
    .group = GROUP_LIFECYCLE,
    .summary = "repair a migration that broke off",
    .description = "Looks at the record of the migration, at the guest here and on the other\n"
                   "host, and names the one step that neither loses the guest nor lets it run\n"
                   "twice. Changes nothing without --yes.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct recover_args),
    .columns = &outcome_columns,
    .run = run,
};
