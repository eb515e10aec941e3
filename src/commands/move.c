/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One migration, seen from the command line; see move.h. */
#include "commands/move.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "migrate/far.h"
#include "migrate/guest.h"
#include "migrate/savefile.h"
#include "migrate/send.h"
#include "out/json.h"
#include "out/progress.h"
#include "xen/movable.h"

struct mover {
    const struct env *env;
    const struct move_options *options;
    const char *name; /* printable */
    struct progress line;
};

static const char *phase_name(enum migrate_phase phase)
{
    static const char *const names[] = {
        [MIGRATE_CONNECTING] = "connecting",     [MIGRATE_COPYING] = "copying",
        [MIGRATE_STOPPED] = "stopped",           [MIGRATE_ACKNOWLEDGED] = "acknowledged",
        [MIGRATE_HANDING_OVER] = "handing-over", [MIGRATE_ARRIVED] = "arrived",
    };

    return names[phase];
}

static void print_event(const struct mover *mover, const struct migrate_progress *progress)
{
    struct json *json = json_new_compact();

    json_object_begin(json);
    json_key(json, "event");
    json_text(json, progress->is_news ? "phase" : "progress");
    json_key(json, "domain");
    json_text(json, mover->name);
    json_key(json, "phase");
    json_text(json, phase_name(progress->phase));
    json_key(json, "elapsed_ms");
    json_uint(json, progress->elapsed_ms);
    json_key(json, "memory_kib");
    json_uint(json, progress->memory_kib);
    json_key(json, "sent_kib");
    json_uint(json, progress->sent_kib);
    json_key(json, "taken_kib");
    json_uint(json, progress->taken_kib);
    json_key(json, "rate_kib_per_s");
    json_uint(json, progress->rate_kib_s);
    json_key(json, "round");
    if (progress->round)
        json_uint(json, progress->round);
    else
        json_null(json);
    json_key(json, "left_kib");
    json_uint(json, progress->left_kib);
    json_key(json, "dirty_kib_per_s");
    json_uint(json, progress->dirty_kib_s);
    json_key(json, "downtime_ms");
    json_uint(json, progress->downtime_ms);
    json_object_end(json);
    (void)fputs(json_result(json), mover->env->err);
    (void)fflush(mover->env->err);
    json_free(json);
}

/* What callers of xl look for. */
static void print_as_xl(const struct mover *mover, const struct migrate_progress *progress)
{
    FILE *err = mover->env->err;

    if (progress->phase == MIGRATE_COPYING)
        fprintf(err, "Saving to migration stream new xl format (info 0x%x/0x0/%u)\n",
                SAVEFILE_CONFIG_JSON | SAVEFILE_STREAM_V2, progress->config_length);
    else if (progress->phase == MIGRATE_ACKNOWLEDGED)
        fputs("migration sender: Target has acknowledged transfer.\n", err);
    else if (progress->phase == MIGRATE_HANDING_OVER)
        fputs("migration sender: Giving target permission to start.\n", err);
    else if (progress->phase == MIGRATE_ARRIVED)
        fputs("migration sender: Target reports successful startup.\nMigration successful.\n", err);
}

static void show_line(struct mover *mover, const struct migrate_progress *progress)
{
    auto_free char *sent = human_kib(progress->sent_kib);
    auto_free char *rate = human_kib(progress->rate_kib_s);
    auto_free char *left = human_kib(progress->left_kib);
    auto_free char *dirty = human_kib(progress->dirty_kib_s);
    const char *name = mover->name;

    if (progress->phase == MIGRATE_CONNECTING)
        progress_show(&mover->line, "%s: connecting to %s ...", name, mover->options->host);
    else if (progress->phase > MIGRATE_STOPPED)
        progress_show(&mover->line, "%s: %s ...", name, phase_name(progress->phase));
    else if (progress->round && progress->pace_kib_s)
        progress_show(&mover->line,
                      "%s: %s, round %u, %s sent, %s/s, %s left (%llu s), guest writes %s/s", name,
                      phase_name(progress->phase), progress->round, sent, rate, left,
                      (unsigned long long)(progress->left_kib / progress->pace_kib_s), dirty);
    else
        progress_show(&mover->line, "%s: %s, %s sent", name, phase_name(progress->phase), sent);
}

static void on_progress(void *context, const struct migrate_progress *progress)
{
    struct mover *mover = context;

    if (mover->options->events)
        print_event(mover, progress);
    else if (mover->env->as_xl && progress->is_news)
        print_as_xl(mover, progress);
    else if (!mover->env->as_xl && !mover->options->quiet)
        show_line(mover, progress);
}

void move_far_line(const struct env *env, struct progress *progress, const char *line)
{
    if (!env->as_xl && !env->verbose)
        return;
    progress_clear(progress);
    fprintf(env->err, "%s\n", line);
}

static void on_line(void *context, const char *line)
{
    struct mover *mover = context;

    move_far_line(mover->env, &mover->line, line);
}

/* As xl writes it, so that it is understood by whatever runs there. */
static void receiver_words(const struct env *env, const struct move_options *options,
                           struct string_list *words)
{
    string_list_add(words, options->program ? options->program : "xl");
    if (env->progress_lines || (env->as_xl && isatty(fileno(env->err))))
        string_list_add(words, "-t");
    if (env->timestamps)
        string_list_add(words, "-T");
    if (env->verbose) {
        auto_str flags = STR_INIT;

        str_add_char(&flags, '-');
        str_add_repeat(&flags, 'v', (size_t)env->verbose);
        string_list_add(words, str_text(&flags));
    }
    string_list_add(words, "migrate-receive");
    if (options->unsupervised)
        string_list_add(words, "-e");
    if (options->debug)
        string_list_add(words, "-d");
    if (options->paused)
        string_list_add(words, "-p");
    if (options->compress)
        string_list_add(words, "--compress");
    if (options->disks)
        string_list_add(words, "--copy-disk");
}

static void say_totals(const struct mover *mover, const struct migrate_progress *last)
{
    const struct env *env = mover->env;
    auto_free char *total = human_ms(last->elapsed_ms / 100 * 100);
    auto_free char *down = human_ms(last->downtime_ms / 10 * 10);
    auto_free char *sent = human_kib(last->sent_kib);
    auto_free char *taken = human_kib(last->taken_kib);

    if (env->as_xl || env->output.format != FORMAT_DEFAULT || mover->options->events)
        return;
    fprintf(env->out, "%s is on %s now: %s in all, %s of standstill, %s sent", mover->name,
            mover->options->host, total, down, sent);
    if (mover->options->compress)
        fprintf(env->out, " for %s", taken);
    fputc('\n', env->out);
    for (size_t i = 0; mover->options->disks && i < mover->options->disks->count; i++) {
        auto_free char *path = printable(mover->options->disks->items[i].path);

        fprintf(env->out, "'%s' was copied; the file here stays, and is out of date from now on\n",
                path);
    }
}

int move_check(struct xen_host *host, struct move_options *options, const struct domain *domain,
               struct problem_list *problems, struct error **error)
{
    const struct far_side side = { .host = options->host, .ssh = options->ssh };
    auto_free char *json = xstrdup(options->config_json);
    struct far_offer offer;

    if ((options->disks && xen_copyable_disks(host, domain, options->disks, error) < 0) ||
        xen_movable_check(host, domain, options->offline, options->disks, problems, error) < 0)
        return -1;
    if (!json && guest_config_json(host, domain, options->keep_domid, &json, error) < 0)
        return -1;
    /* The command of -s '' can receive and nothing else. */
    if (far_check_askable(&side, NULL) < 0)
        return 0;
    if (far_check(host, &side, domain, json, options->disks, problems, &offer, error) < 0)
        return -1;
    if (!options->program)
        options->program = offer.program;
    if (options->disks && offer.program && !offer.copy_disk)
        problem_add(problems, false, "no-copy-disk", options->host, "leave --copy-disk out",
                    "it takes no copies of disks: it runs xl, or an older xn");
    if (options->compress && offer.program && !offer.compress)
        problem_add(problems, false, "no-compress", options->host, "leave --compress out",
                    "it takes no compressed stream: it runs xl, an older xn, or one without "
                    "libzstd");
    return 0;
}

int move_prepare(struct xen_host *host, struct move_options *options,
                 const struct string_list *skip, const struct outcome *outcome,
                 struct error **error)
{
    auto_problem_list problems = { NULL, 0 };

    if (string_list_has(skip, "all"))
        return 0;
    if (move_check(host, options, &outcome->domain, &problems, error) < 0)
        return -1;
    problem_skip(&problems, skip);
    return problem_refuse(&problems, error);
}

/* What is not xl's protocol goes only to who has said that it understands. */
static int check_extras(const struct move_options *options, struct error **error)
{
    bool is_command = options->ssh && !*options->ssh;

    if (options->disks && !options->disks->count)
        return error_set(error, ERR_REFUSED, "it has no disk that can be copied");
    if ((!options->compress && !options->disks) || is_command ||
        (options->program && strcmp(options->program, "xn") == 0))
        return 0;
    error_set(error, ERR_REFUSED,
              "what '%s' runs is not known: --compress and --copy-disk are for "
              "another xn",
              options->host);
    return error_hint(error, "--skip-check=all keeps it from being asked");
}

int move_guest(struct env *env, struct xen_host *host, const struct move_options *options,
               struct outcome *outcome, struct error **error)
{
    auto_free char *name = printable(outcome->domain.name ? outcome->domain.name : outcome->target);
    auto_string_list words = STRING_LIST_INIT;
    struct mover mover = { .env = env, .options = options, .name = name };
    struct migrate_progress last = { 0 };
    struct migrate_options migrate = {
        .host = options->host,
        .ssh = options->ssh,
        .program = options->program,
        .receiver = &words,
        .config_json = options->config_json,
        .keep_domid = options->keep_domid,
        .offline = options->offline,
        .debug = options->debug,
        .compress = options->compress,
        .disks = options->disks,
        .abort_if_slow = options->abort_if_slow,
        .timeout_ms = options->timeout_ms,
        .max_downtime_ms = options->max_downtime_ms,
        .bandwidth_kib_s = options->bandwidth_kib,
        .on_progress = on_progress,
        .on_line = on_line,
        .context = &mover,
    };
    int result;

    if (check_extras(options, error) < 0)
        return -1;
    receiver_words(env, options, &words);
    progress_init(&mover.line, env->err, env->progress_lines);
    result = guest_migrate(host, &outcome->domain, &migrate, &last, error);
    progress_clear(&mover.line);
    outcome->result = "moved";
    outcome->duration_ms = last.elapsed_ms;
    outcome->downtime_ms = last.downtime_ms;
    outcome->sent_kib = last.sent_kib;
    outcome->moved = result == 0;
    if (result == 0)
        say_totals(&mover, &last);
    if (result == 0 && interrupt_signal() && env->output.format == FORMAT_DEFAULT)
        fprintf(env->err, "%s: migrate: the signal came too late: %s had been handed over\n",
                env->program, name);
    return result;
}
