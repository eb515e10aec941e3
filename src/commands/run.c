/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn run: a guest in the foreground, whose end is the exit status. */
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "commands/config_input.h"
#include "commands/guests.h"
#include "commands/launch.h"
#include "commands/registry.h"
#include "supervise/session.h"
#include "xen/domain.h"
#include "xen/life.h"
#include "xen/origin.h"

#define GRACE_DEFAULT_MS 10000

/* Exit statuses beside xn's own; documented in xn-run(1). Other reasons than a poweroff: this plus
 * the hypervisor's number of the reason. */
#define STATUS_REASON    10
#define STATUS_DESTROYED 20
#define STATUS_UNNAMED   21
/* As the shell has it for a command that a signal ended. */
#define STATUS_SIGNAL 128

struct run_args {
    bool quiet, strict;
    const char *file;
    uint64_t grace_ms;
    struct string_list words;
};

static void prepare(void *data)
{
    ((struct run_args *)data)->grace_ms = GRACE_DEFAULT_MS;
}

static int check(const struct env *env, void *data, struct error **error)
{
    struct run_args *args = data;

    (void)env;
    return config_words_file(&cmd_run, &args->words, &args->file, error);
}

struct runner {
    struct env *env;
    const struct run_args *args;
    struct xen_host *host;
    struct host_config host_config;
    libxl_domain_config config;
};

static void tell(void *context, const char *text)
{
    const struct runner *runner = context;
    const struct env *env = runner->env;

    if (runner->args->quiet)
        return;
    /* The console client may have the terminal in raw mode. */
    fprintf(env->err, "%s: run: %s%s\n", env->program, text, isatty(fileno(env->err)) ? "\r" : "");
    fflush(env->err);
}

static int status_of(const struct session_end *end)
{
    if (end->signal)
        return STATUS_SIGNAL + end->signal;
    if (end->reason == SHUTDOWN_POWEROFF)
        return STATUS_DONE;
    if (end->reason > SHUTDOWN_POWEROFF && end->reason <= SHUTDOWN_SOFT_RESET)
        return STATUS_REASON + end->reason;
    return end->gone ? STATUS_DESTROYED : STATUS_UNNAMED;
}

static void tell_end(struct runner *runner, const struct session_end *end)
{
    auto_str text = STR_INIT;
    const char *name = runner->config.c_info.name;

    if (end->signal || end->reason == SHUTDOWN_POWEROFF)
        return;
    str_add(&text, "'");
    str_add_printable(&text, name, strlen(name));
    if (end->gone && end->reason == SHUTDOWN_SUSPEND)
        str_add(&text, "' was suspended and then destroyed");
    else if (end->gone)
        str_add(&text, "' was destroyed by somebody else");
    else
        str_addf(&text, "' has shut down, reason %s", shutdown_reason_name(end->reason));
    tell(runner, str_text(&text));
}

static int build(struct runner *runner, struct domain *domain, struct console_child *console,
                 struct error **error)
{
    struct create_options options = {
        .host_config = &runner->host_config,
        .console = true,
        .console_stays = true,
    };
    struct created created = { 0 };

    xen_config_choose_domid(&runner->config, &runner->host_config);
    if (xen_domain_create(runner->host, &runner->config, &options, &created, error) < 0)
        return -1;
    console->pid = created.console;
    xen_origin_note(runner->host, created.domid, runner->args->file);
    if (xen_domain_get(runner->host, created.domid, domain, error) == 0)
        return 0;
    (void)xen_life_destroy(runner->host, created.domid, NULL);
    xen_console_child_end(console);
    return -1;
}

/* A signal before the guest runs: nothing is left of it, and the status is that of the signal. */
static int run_guest(struct runner *runner, struct error **error)
{
    struct console_child console = CONSOLE_CHILD_INIT;
    struct session_options options = {
        .grace_ms = runner->args->grace_ms,
        .tell = tell,
        .context = runner,
    };
    struct session_end end = { 0 };
    struct domain domain = { 0 };
    int result = build(runner, &domain, &console, error);

    if (result < 0 && interrupt_signal()) {
        tell(runner, (*error)->message);
        error_clear(error);
        return STATUS_SIGNAL + interrupt_signal();
    }
    if (result == 0)
        result = session_run(runner->host, &domain, &console, &options, &end, error);
    domain_release(&domain);
    if (result < 0)
        return -1;
    tell_end(runner, &end);
    return status_of(&end);
}

static int read_and_run(struct runner *runner, struct error **error)
{
    struct launch_input input = {
        .env = runner->env,
        .host = runner->host,
        .host_config = &runner->host_config,
        .action = "run",
        .file = runner->args->file,
        .words = &runner->args->words,
        .quiet = runner->args->quiet,
        .strict = runner->args->strict,
    };
    int result;

    if (launch_read_config(&input, &runner->config, error) < 0 ||
        guests_refuse_saved(runner->config.c_info.name, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    result = run_guest(runner, error);
    interrupt_release();
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct runner runner = { .env = env, .args = data };
    int result = -1;

    libxl_domain_config_init(&runner.config);
    if (common_host_config(env, &runner.host_config, error) == 0 &&
        common_open_host(env, &runner.host, error) == 0)
        result = read_and_run(&runner, error);
    libxl_domain_config_dispose(&runner.config);
    host_config_release(&runner.host_config);
    xen_host_close(runner.host);
    return result;
}

static const struct option_spec options[] = {
    OPTION_TEXT('f', "defconfig", struct run_args, file, KIND_FILE, "FILE",
                "the configuration file, as an option"),
    OPTION_NUMBER(0, "grace", struct run_args, grace_ms, KIND_DURATION, "TIME",
                  "how long the guest may take to obey a signal; 10s when not said"),
    OPTION_FLAG('q', "quiet", struct run_args, quiet, "print no warnings, and not why it ended"),
    OPTION_FLAG(0, "strict", struct run_args, strict, "take unknown keys for errors"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("FILE|KEY=VALUE", struct run_args, words, KIND_CONFIG,
                       "the configuration file, and settings that override it"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "run web.cfg", "with its console on this terminal; leave that with Ctrl-]" },
    { "run job.cfg 'cmdline=\"console=hvc0 job=42\"' > job.log", "a job, its console in a file" },
    { "run --grace 1m db.cfg", "on Ctrl-C or SIGTERM it gets a minute to shut down" },
    { NULL, NULL },
};

const struct command cmd_run = {
    .name = "run",
    .group = GROUP_LIFECYCLE,
    .summary = "run a guest in the foreground until it ends",
    .description = "The guest's console is on this terminal, or is copied to stdout. It is never\n"
                   "started again: however it ends it is destroyed, and the exit status tells the\n"
                   "reason: 0 poweroff, 11 reboot, 12 suspend, 13 crash, 14 watchdog, 15 soft\n"
                   "reset, 20 destroyed by somebody else, 21 unknown. A signal asks it to shut\n"
                   "down, a second one destroys it; the status is 128 plus the signal's number\n"
                   "then. Ctrl-] leaves the console; the guest goes on until its end or a signal.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct run_args),
    .prepare = prepare,
    .check = check,
    .run = run,
};
