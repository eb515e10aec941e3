/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn migrate: a running guest to another host. */
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/config_input.h"
#include "commands/evacuate.h"
#include "commands/registry.h"
#include "migrate/compress.h"
#include "migrate/record.h"
#include "out/listing.h"

struct migrate_args {
    struct move_options move;
    bool live, foreground, check, status, all, copy_disk;
    struct string_list skip;
    const char *config, *domain, *host;
};

static void prepare(void *data)
{
    struct migrate_args *args = data;

    args->move.timeout_ms = UINT64_MAX;
    args->move.max_downtime_ms = UINT64_MAX;
}

/* What stands where depends on --all and --status. */
static int check_words(const struct migrate_args *args, struct error **error)
{
    if (args->status)
        return args->domain ? error_set(error, ERR_USAGE, "--status is about all guests") : 0;
    if (args->all && args->host)
        return error_set(error, ERR_USAGE, "--all and '%s' exclude each other", args->domain);
    if (args->all && (args->config || args->check || args->move.keep_domid || args->move.paused))
        return error_set(error, ERR_USAGE, "-C, -D, -p and --check are for one guest");
    if (args->all && args->copy_disk)
        return error_set(error, ERR_USAGE, "--copy-disk is for one guest");
    if (args->all && args->domain)
        return 0;
    if (!args->domain || !args->host) {
        error_set(error, ERR_USAGE,
                  args->all ? "'xn migrate --all' needs HOST"
                            : "'xn migrate' needs DOMAIN and HOST");
        return error_hint(error, "usage: xn migrate [OPTION]... [DOMAIN] [HOST]");
    }
    return 0;
}

static int check(const struct env *env, void *data, struct error **error)
{
    struct migrate_args *args = data;

    (void)env;
    args->move.host = args->all ? args->domain : args->host;
    args->move.unsupervised |= args->foreground;
    if (check_words(args, error) < 0)
        return -1;
    if (args->copy_disk && !args->move.offline) {
        error_set(error, ERR_USAGE, "--copy-disk needs --offline");
        return error_hint(error, "a disk cannot be copied while the guest writes to it");
    }
    if (args->copy_disk && args->config)
        return error_set(error, ERR_USAGE, "--copy-disk and -C exclude each other");
    if (args->move.compress && !codec_is_built())
        return error_set(error, ERR_NOT_SUPPORTED, "this xn was built without libzstd");
    if (args->move.abort_if_slow && args->move.max_downtime_ms == UINT64_MAX) {
        error_set(error, ERR_USAGE, "--abort-if-slow needs --max-downtime");
        return error_hint(error, "that says what is too slow");
    }
    return 0;
}

static int print_problems(const struct env *env, const struct problem_list *problems,
                          struct error **error)
{
    auto_free const void **rows = xcalloc(problems->count, sizeof(*rows));
    struct listing listing = { .table = &problem_columns, .rows = rows, .count = problems->count };
    auto_str text = STR_INIT;
    bool fatal = false;

    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];

        rows[i] = problem;
        fatal |= !problem->warning;
        str_addf(&text, "%s (%s): %s%s%s%s\n", problem->check, problem->where,
                 problem->warning ? "warning: " : "", problem->message, problem->hint ? "; " : "",
                 problem->hint ? problem->hint : "");
    }
    if (env->output.format != FORMAT_DEFAULT) {
        if (listing_print(&listing, &env->output, env->out, error) < 0)
            return -1;
    } else if (output_text(env->out, str_text(&text), text.length, error) < 0) {
        return -1;
    }
    return fatal ? STATUS_FAILED : STATUS_DONE;
}

static int check_only(struct env *env, const struct migrate_args *args, struct xen_host *host,
                      const struct domain *domain, struct error **error)
{
    auto_problem_list problems = { NULL, 0 };
    struct move_options move = args->move;

    if (move_check(host, &move, domain, &problems, error) < 0)
        return -1;
    problem_skip(&problems, &args->skip);
    return print_problems(env, &problems, error);
}

/* What arrived well needs nobody's attention. */
static int print_status(const struct env *env, struct error **error)
{
    auto_migration_list list = { NULL, 0 };
    auto_free const void **rows = NULL;
    struct listing listing = { .table = &migration_columns };

    if (record_list(&list, error) < 0)
        return -1;
    rows = xcalloc(list.count, sizeof(*rows));
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].state != MIGRATION_RUNS)
            rows[listing.count++] = &list.items[i];
    listing.rows = rows;
    return listing_print(&listing, &env->output, env->out, error);
}

static int migrate(struct env *env, struct migrate_args *args, struct xen_host *host,
                   struct outcome *outcome, struct error **error)
{
    auto_free char *json = NULL;

    /* It stays the same guest, whatever UUID the file says, or would get. */
    if (args->config && config_input_json(env, host, "migrate", args->config, outcome->domain.uuid,
                                          &json, error) < 0)
        return -1;
    args->move.config_json = json;
    /* Under the name xl it does what xl does. */
    if (!env->as_xl && move_prepare(host, &args->move, &args->skip, outcome, error) < 0)
        return -1;
    return move_guest(env, host, &args->move, outcome, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    struct migrate_args *args = data;
    auto_xen_host *host = NULL;
    auto_disk_copies disks = { NULL, 0 };
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome;
    int result = 0;

    args->move.disks = args->copy_disk ? &disks : NULL;
    if (args->status)
        return print_status(env, error);
    if (args->all) {
        struct evacuation evacuation = { .move = args->move, .skip = &args->skip };

        return evacuate(env, &evacuation, error);
    }
    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    outcome = common_guest(host, "migrate", args->domain, "move", NULL, &outcomes);
    if (args->check && !outcome->error)
        result = check_only(env, args, host, &outcome->domain, error);
    else if (!outcome->error)
        (void)migrate(env, args, host, outcome, &outcome->error);
    interrupt_release();
    return args->check && !outcome->error ? result : common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_TEXT('C', "config", struct migrate_args, config, KIND_FILE, "FILE",
                "give the far side this configuration"),
    OPTION_TEXT('s', "ssh", struct migrate_args, move.ssh, KIND_TEXT, "COMMAND",
                "reach it by this instead of ssh; '': HOST is a command"),
    OPTION_FLAG('e', "no-supervise", struct migrate_args, move.unsupervised,
                "let nobody look after it there"),
    OPTION_FLAG('p', "paused", struct migrate_args, move.paused, "leave it paused there"),
    OPTION_FLAG('D', "keep-domid", struct migrate_args, move.keep_domid,
                "give it the same domid there"),
    OPTION_FLAG(0, "all", struct migrate_args, all, "every guest; the word is HOST"),
    OPTION_FLAG(0, "check", struct migrate_args, check, "only say what stands in the way"),
    OPTION_LIST(0, "skip-check", struct migrate_args, skip, KIND_TEXT, "NAME",
                "pass over that check; 'all': over every one"),
    OPTION_FLAG(0, "status", struct migrate_args, status,
                "list migrations that are under way or broke off"),
    OPTION_FLAG(0, "offline", struct migrate_args, move.offline,
                "stop it before its memory is sent"),
    OPTION_FLAG(0, "copy-disk", struct migrate_args, copy_disk,
                "copy its file disks, too; only with --offline"),
    OPTION_NUMBER(0, "timeout", struct migrate_args, move.timeout_ms, KIND_DURATION, NULL,
                  "give up when it takes longer"),
    OPTION_NUMBER(0, "max-downtime", struct migrate_args, move.max_downtime_ms, KIND_DURATION, NULL,
                  "give up when it stands still for longer"),
    OPTION_FLAG(0, "abort-if-slow", struct migrate_args, move.abort_if_slow,
                "give up as soon as that can be foreseen"),
    OPTION_NUMBER(0, "bandwidth", struct migrate_args, move.bandwidth_kib, KIND_SIZE, NULL,
                  "send no more than this a second"),
    OPTION_FLAG(0, "compress", struct migrate_args, move.compress,
                "compress what is sent; only to another xn"),
    OPTION_FLAG(0, "events", struct migrate_args, move.events,
                "print progress on stderr as lines of JSON"),
    OPTION_FLAG(0, "debug", struct migrate_args, move.debug,
                "compare the copy with the original at the end"),
    OPTION_FLAG_HIDDEN(0, "live", struct migrate_args, live, "accepted and ignored"),
    OPTION_FLAG_HIDDEN('F', NULL, struct migrate_args, foreground, "the same as -e"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT_OPTIONAL("DOMAIN", struct migrate_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_OPTIONAL("HOST", struct migrate_args, host, KIND_TEXT, "where to, as ssh names it"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "migrate web host2", "move the guest while it runs" },
    { "migrate --check web host2", "what stands in the way, without touching anything" },
    { "migrate --max-downtime=300ms web host2", "unless it would stand still for longer" },
    { NULL, NULL },
};

const struct command cmd_migrate = {
    .name = "migrate",
    .group = GROUP_LIFECYCLE,
    .summary = "move a running guest to another host",
    .description = "The guest runs on while its memory is copied, and stands still only for the\n"
                   "last part of it. The far side may run xn or xl. Whatever fails: it never runs\n"
                   "on both sides.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct migrate_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check,
    .run = run,
};
