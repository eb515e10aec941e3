/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn sysrq: a magic sysrq letter for a guest's kernel. */
#include "base/clock.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/trigger.h"

struct sysrq_args {
    const char *domain, *letter;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const char *letter = ((const struct sysrq_args *)data)->letter;

    (void)env;
    if (*letter > ' ' && *letter < 0x7f && !letter[1])
        return 0;
    error_set(error, ERR_USAGE, "LETTER: '%s' is not one printable letter", letter);
    return error_hint(error, "a Linux guest lists them on its console for the letter h");
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct sysrq_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome;
    uint64_t started_ms;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    started_ms = clock_ms();
    outcome = common_guest(host, "sysrq", args->domain, "send that to",
                           "write the letter to its own /proc/sysrq-trigger", &outcomes);
    outcome->result = "sent";
    if (!outcome->error)
        (void)xen_sysrq_send(host, &outcome->domain, *args->letter, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct sysrq_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("LETTER", struct sysrq_args, letter, KIND_TEXT, "what the kernel shall do"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "sysrq web h", "list the letters on the console of the guest web" },
    { "sysrq web w", "there, too: the tasks that are stuck" },
    { NULL, NULL },
};

const struct command cmd_sysrq = {
    .name = "sysrq",
    .group = GROUP_LIFECYCLE,
    .summary = "send a magic sysrq letter to a guest",
    .description = "A Linux guest does what Alt-SysRq with that letter would do, and tells about\n"
                   "it on its console, as far as its kernel allows that. Letters and their\n"
                   "meanings are the guest's own; some end it at once.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct sysrq_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
