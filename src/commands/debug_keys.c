/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn debug-keys: keys for the hypervisor's own console. */
#include "base/clock.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/hypervisor.h"

struct debug_keys_args {
    const char *keys;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const char *keys = ((const struct debug_keys_args *)data)->keys;

    (void)env;
    for (const char *key = keys; *key; key++)
        if ((unsigned char)*key <= ' ' || (unsigned char)*key >= 0x7f)
            return error_set(error, ERR_USAGE, "KEYS: '%s' is not a word of printable letters",
                             keys);
    if (!*keys) {
        error_set(error, ERR_USAGE, "KEYS: empty");
        return error_hint(error, "'h' makes the hypervisor list them");
    }
    return 0;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct debug_keys_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome;
    uint64_t started_ms;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    started_ms = clock_ms();
    outcome = outcome_list_add(&outcomes, "debug-keys", args->keys);
    outcome->result = "sent";
    (void)xen_debug_keys_send(host, args->keys, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT("KEYS", struct debug_keys_args, keys, KIND_TEXT, "one or more letters"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "debug-keys h", "list the keys; read the answer with 'xn dmesg'" },
    { "debug-keys qr", "domains and their memory, then the run queues" },
    { NULL, NULL },
};

const struct command cmd_debug_keys = {
    .name = "debug-keys",
    .group = GROUP_HOST,
    .summary = "send debug keys to the hypervisor",
    .description = "The hypervisor does what these keys do on its own console and answers into\n"
                   "its messages, which 'xn dmesg' prints. Some keys end the whole host: 'R'\n"
                   "reboots it and 'C' crashes it.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct debug_keys_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
