/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn console: the text console of a guest. */
#include <string.h>

#include "commands/common.h"
#include "commands/registry.h"
#include "xen/console.h"
#include "xen/domain.h"

struct console_args {
    const char *domain, *type;
    uint64_t number;
};

#define NO_NUMBER UINT64_MAX

static enum console_kind kind_of(const char *type)
{
    if (!type)
        return CONSOLE_PRIMARY;
    if (strcmp(type, "pv") == 0)
        return CONSOLE_PV;
    return strcmp(type, "serial") == 0 ? CONSOLE_SERIAL : CONSOLE_VUART;
}

static void prepare(void *data)
{
    ((struct console_args *)data)->number = NO_NUMBER;
}

static int check(const struct env *env, void *data, struct error **error)
{
    struct console_args *args = data;

    /* xl ignores such a number. */
    if (args->number != NO_NUMBER && !args->type && !env->as_xl) {
        error_set(error, ERR_USAGE, "--num needs --type");
        return error_hint(error, "the primary console has no number; say --type pv or serial");
    }
    if (args->number == NO_NUMBER)
        args->number = 0;
    return 0;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct console_args *args = data;
    struct console_choice choice = { .kind = kind_of(args->type),
                                     .number = (unsigned)args->number };
    auto_xen_host *host = NULL;
    struct domain domain = { 0 };
    int result;

    if (common_open_host(env, &host, error) < 0 ||
        xen_domain_find(host, args->domain, &domain, error) < 0)
        return -1;
    if (domain.domid == 0) {
        error_set(error, ERR_REFUSED, "domain 0 has no console of its own");
        result = error_hint(error, "it is the machine's; log in there");
    } else {
        result = xen_console_exec(host, &domain, &choice, error);
    }
    domain_release(&domain);
    return result;
}

static const char *const types[] = { "pv", "serial", "vuart", NULL };

static const struct option_spec options[] = {
    OPTION_WORD('t', "type", struct console_args, type, types, "TYPE",
                "which kind: pv, serial (hvm) or vuart (Arm)"),
    OPTION_NUMBER('n', "num", struct console_args, number, KIND_UINT, "NUMBER",
                  "which of that kind; only with --type"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct console_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "console web", "the console of the guest web; leave it with Ctrl-]" },
    { "console web -t pv", "the paravirtual console of an HVM guest" },
    { NULL, NULL },
};

const struct command cmd_console = {
    .name = "console",
    .group = GROUP_LIFECYCLE,
    .summary = "attach to the text console of a guest",
    .description = "Ctrl-] leaves the console; the guest goes on. Without --type the console is\n"
                   "the serial port of an HVM guest and the paravirtual console of the others.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct console_args),
    .prepare = prepare,
    .check = check,
    .run = run,
};
