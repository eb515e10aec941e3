/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn remus: a copy of a running guest on another host, kept up to date. */
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/move.h"
#include "commands/registry.h"
#include "migrate/remus.h"

/* As xl has it. */
#define INTERVAL_MS 200

struct remus_args {
    uint64_t interval_ms;
    bool unsafe, blackhole, no_netbuf, no_diskbuf, uncompressed, colo, userspace_proxy;
    bool unsupervised;
    struct string_list skip;
    const char *ssh, *script, *domain, *host;
};

struct replicating {
    const struct env *env;
    const struct remus_args *args;
    const char *name; /* printable */
    struct progress line;
};

/* A word of a command line that a shell over there reads. */
static int check_script(const char *script, struct error **error)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "/._-+";

    if (!script || (*script != '-' && script[strspn(script, good)] == '\0'))
        return 0;
    return error_set(error, ERR_USAGE, "'%s' cannot be a script of COLO's proxy", script);
}

static int check_colo(const struct remus_args *args, struct error **error)
{
    if (args->userspace_proxy && !args->colo)
        return error_set(error, ERR_USAGE, "--userspace-colo-proxy needs --colo");
    if (args->colo && (args->interval_ms || args->blackhole || args->no_netbuf || args->no_diskbuf))
        return error_set(error, ERR_USAGE, "--colo excludes -i, -b, -n and -d");
    return args->colo ? check_script(args->script, error) : 0;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct remus_args *args = data;

    (void)env;
    if (check_colo(args, error) < 0)
        return -1;
    if (!args->host && !args->blackhole) {
        error_set(error, ERR_USAGE, "'xn remus' needs HOST");
        return error_hint(error, "only '-F -b' goes without one: it sends to nobody");
    }
    if (!args->unsafe && (args->blackhole || args->no_netbuf || args->no_diskbuf)) {
        error_set(error, ERR_USAGE, "-b, -n and -d need --unsafe");
        return error_hint(error, "with them a failover loses something, or everything");
    }
    return 0;
}

static void on_progress(void *context, uint64_t sent_kib)
{
    struct replicating *replicating = context;
    auto_free char *sent = human_kib(sent_kib);

    if (!replicating->env->as_xl)
        progress_show(&replicating->line, "%s: replicating, %s sent; ^C ends it", replicating->name,
                      sent);
}

static void on_line(void *context, const char *line)
{
    struct replicating *replicating = context;

    move_far_line(replicating->env, &replicating->line, line);
}

static const char *script_of(const struct remus_args *args, const struct host_config *host_config)
{
    if (args->script)
        return args->script;
    return args->colo ? host_config->colo_default_proxyscript
                      : host_config->remus_default_netbufscript;
}

/* As xl writes it, so that it is understood by whatever runs there. */
static void receiver_words(const struct remus_args *args, const char *program, const char *script,
                           struct string_list *words)
{
    string_list_add(words, program ? program : "xl");
    string_list_add(words, "migrate-receive");
    string_list_add(words, args->colo ? "--colo" : "-r");
    if (args->colo && script) {
        string_list_add(words, "--coloft-script");
        string_list_add(words, script);
    }
    if (args->userspace_proxy)
        string_list_add(words, "--userspace-colo-proxy");
    if (args->unsupervised)
        string_list_add(words, "-e");
}

/* What xl says at the end, too. */
static void tell_end(struct replicating *replicating, enum replicate_end end,
                     struct outcome *outcome)
{
    static const struct {
        const char *result, *text;
    } ends[] = {
        [REPLICATE_STOPPED] = { "stopped", "is not replicated any more, and runs on" },
        [REPLICATE_FAILED_OVER] = { "failed-over", "was destroyed here; its copy goes on" },
        [REPLICATE_GUEST_ENDED] = { "guest-ended", "has shut down; its copy is ended" },
    };
    const struct env *env = replicating->env;

    outcome->result = ends[end].result;
    if (env->as_xl && end == REPLICATE_FAILED_OVER)
        fprintf(env->err, "%s: Primary domain has been destroyed.\n",
                replicating->args->colo ? "COLO" : "Remus");
    else if (!env->as_xl && env->output.format == FORMAT_DEFAULT)
        fprintf(env->out, "%s %s\n", replicating->name,
                end == REPLICATE_FAILED_OVER && replicating->args->blackhole ? "was destroyed"
                                                                             : ends[end].text);
}

static int replicate(struct replicating *replicating, struct xen_host *host,
                     const struct move_options *move, const struct host_config *host_config,
                     struct outcome *outcome, struct error **error)
{
    const struct remus_args *args = replicating->args;
    const char *script = script_of(args, host_config);
    auto_string_list words = STRING_LIST_INIT;
    struct replicate_options options = {
        .host = args->blackhole ? NULL : args->host,
        .ssh = args->ssh,
        .program = move->program,
        .receiver = &words,
        .settings = { .interval_ms = args->colo          ? 0
                                     : args->interval_ms ? (unsigned)args->interval_ms
                                                         : INTERVAL_MS,
                      .unsafe = args->unsafe,
                      .blackhole = args->blackhole,
                      .no_netbuf = args->no_netbuf,
                      .no_diskbuf = args->no_diskbuf,
                      .uncompressed = args->uncompressed,
                      .colo = args->colo,
                      .userspace_proxy = args->userspace_proxy,
                      .script = script },
        .on_progress = on_progress,
        .on_line = on_line,
        .context = replicating,
    };
    enum replicate_end end;
    uint64_t started_ms = clock_ms();
    int result;

    if (args->colo && check_script(script, error) < 0)
        return -1;
    receiver_words(args, move->program, script, &words);
    progress_init(&replicating->line, replicating->env->err, replicating->env->progress_lines);
    result = guest_replicate(host, &outcome->domain, &options, &end, error);
    progress_clear(&replicating->line);
    outcome->duration_ms = clock_ms() - started_ms;
    if (result == 0)
        tell_end(replicating, end, outcome);
    return result;
}

/* Nobody receives what goes into a black hole; and under the name xl it does what xl does. */
static int prepare_and_replicate(struct env *env, const struct remus_args *args,
                                 struct xen_host *host, struct outcome *outcome,
                                 struct error **error)
{
    auto_free char *name = printable(outcome->domain.name ? outcome->domain.name : outcome->target);
    struct replicating replicating = { .env = env, .args = args, .name = name };
    struct move_options move = { .host = args->host, .ssh = args->ssh };
    auto_host_config host_config = { 0 };

    if (common_host_config(env, &host_config, error) < 0)
        return -1;
    if (!args->blackhole && !env->as_xl &&
        move_prepare(host, &move, &args->skip, outcome, error) < 0)
        return -1;
    return replicate(&replicating, host, &move, &host_config, outcome, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct remus_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    outcome = common_guest(host, "remus", args->domain, "replicate", NULL, &outcomes);
    if (!outcome->error)
        (void)prepare_and_replicate(env, args, host, outcome, &outcome->error);
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_NUMBER('i', "interval", struct remus_args, interval_ms, KIND_UINT, "MS",
                  "milliseconds from checkpoint to checkpoint; 200"),
    OPTION_TEXT('s', "ssh", struct remus_args, ssh, KIND_TEXT, "COMMAND",
                "reach it by this instead of ssh; '': HOST is a command"),
    OPTION_FLAG('e', "no-supervise", struct remus_args, unsupervised,
                "let nobody look after the copy there"),
    OPTION_TEXT('N', "script", struct remus_args, script, KIND_FILE, "SCRIPT",
                "set the network buffer up by this, or COLO's proxy"),
    OPTION_FLAG('F', "unsafe", struct remus_args, unsafe, "allow -b, -n and -d"),
    OPTION_FLAG('b', "blackhole", struct remus_args, blackhole,
                "send to nobody: to see what checkpoints cost"),
    OPTION_FLAG('n', "no-network-buffer", struct remus_args, no_netbuf,
                "let packets out before their checkpoint"),
    OPTION_FLAG('d', "no-disk-replication", struct remus_args, no_diskbuf,
                "leave disks alone: both hosts reach them"),
    OPTION_FLAG('u', "uncompressed", struct remus_args, uncompressed, "do not compress memory"),
    OPTION_FLAG('c', "colo", struct remus_args, colo, "let the copy run beside the guest (COLO)"),
    OPTION_FLAG('p', "userspace-colo-proxy", struct remus_args, userspace_proxy,
                "use QEMU's proxy for COLO"),
    OPTION_LIST(0, "skip-check", struct remus_args, skip, KIND_TEXT, "NAME",
                "pass over that check; 'all': over every one"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct remus_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_OPTIONAL("HOST", struct remus_args, host, KIND_TEXT,
                      "where the copy is kept, as ssh names it"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "remus -i 100 web host2", "keep a copy on host2, a tenth of a second behind" },
    { "remus -F -n -d web host2", "without buffering packets and replicating disks" },
    { "remus -F -b web", "only feel what checkpoints cost" },
    { NULL, NULL },
};

const struct command cmd_remus = {
    .name = "remus",
    .group = GROUP_LIFECYCLE,
    .summary = "keep a copy of a running guest on another host",
    .description =
        "The guest is stopped for a moment at each checkpoint, and what changed is sent.\n"
        "When this host dies, or the guest is destroyed here, the copy goes on there\n"
        "from the last checkpoint. It ends with the guest, or by ^C.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct remus_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
