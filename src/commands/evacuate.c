/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn evacuate: every guest of this host to another one. */
#include "commands/evacuate.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/crowd.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "out/progress.h"

struct one_move {
    struct env *env;
    const struct move_options *options;
};

static void move_one(void *context, struct xen_host *host, struct outcome *outcome)
{
    const struct one_move *move = context;

    (void)move_guest(move->env, host, move->options, outcome, &outcome->error);
    (void)fflush(move->env->out);
}

static int by_memory(const void *a, const void *b)
{
    uint64_t one = ((const struct outcome *)a)->domain.memory_kib;
    uint64_t other = ((const struct outcome *)b)->domain.memory_kib;

    return (one > other) - (one < other);
}

static int by_memory_down(const void *a, const void *b)
{
    return by_memory(b, a);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct outcome *)a)->target, ((const struct outcome *)b)->target);
}

static void sort(struct outcome_list *outcomes, const char *order)
{
    if (!outcomes->count)
        return;
    qsort(outcomes->items, outcomes->count, sizeof(*outcomes->items),
          order && strcmp(order, "smallest") == 0 ? by_memory
          : order && strcmp(order, "name") == 0   ? by_name
                                                  : by_memory_down);
}

static int check_all(struct env *env, struct xen_host *host, const struct evacuation *evacuation,
                     struct outcome_list *outcomes, struct move_options *moves,
                     struct error **error)
{
    struct progress progress;
    int result = 0;

    progress_init(&progress, env->err, env->progress_lines);
    for (size_t i = 0; i < outcomes->count && result == 0; i++) {
        struct outcome *outcome = &outcomes->items[i];

        moves[i] = evacuation->move;
        moves[i].quiet = true;
        outcome->result = "would-move";
        progress_show(&progress, "checking %zu of %zu: %s ...", i + 1, outcomes->count,
                      outcome->target);
        (void)move_prepare(host, &moves[i], evacuation->skip, outcome, &outcome->error);
        if (interrupt_signal())
            result = error_set(error, ERR_INTERRUPTED, "interrupted; nothing was touched");
    }
    progress_clear(&progress);
    return result;
}

/* The plan, one line for each guest. */
static int print_plan(const struct env *env, const struct outcome_list *outcomes, const char *where,
                      struct error **error)
{
    auto_str text = STR_INIT;

    for (size_t i = 0; i < outcomes->count; i++) {
        const struct outcome *outcome = &outcomes->items[i];
        auto_free char *name = printable(outcome->target);
        auto_free char *memory = human_kib(outcome->domain.memory_kib);

        if (!outcome->error)
            str_addf(&text, "would move %s (%s) to %s\n", name, memory, where);
    }
    return output_text(env->out, str_text(&text), text.length, error);
}

static bool has_failed(const struct outcome_list *outcomes)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (outcomes->items[i].error)
            return true;
    return false;
}

/* Without --keep-going one guest that cannot move keeps all of them here: a host that is half empty
 * helps nobody. */
static void hold_all(struct outcome_list *outcomes)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (!outcomes->items[i].error)
            error_set(&outcomes->items[i].error, ERR_REFUSED,
                      "not begun, because another guest cannot be moved");
}

static int move_all(struct env *env, struct xen_host *host, const struct evacuation *evacuation,
                    struct outcome_list *outcomes, const struct move_options *moves,
                    struct error **error)
{
    auto_free struct one_move *each = xcalloc(outcomes->count, sizeof(*each));
    auto_free struct crowd_job *jobs = xcalloc(outcomes->count, sizeof(*jobs));
    struct crowd crowd = {
        .env = env,
        .host = host,
        .action = "evacuate",
        .jobs = jobs,
        .limit = evacuation->jobs ? (unsigned)evacuation->jobs : 1,
        .stop = !evacuation->keep_going,
        .deadline_ms = DEADLINE_NEVER,
    };
    int result;

    for (size_t i = 0; i < outcomes->count; i++) {
        if (outcomes->items[i].error)
            continue;
        each[i] = (struct one_move){ .env = env, .options = &moves[i] };
        jobs[crowd.count++] = (struct crowd_job){
            .outcome = &outcomes->items[i],
            .run = move_one,
            .context = &each[i],
            .soft_limit_ms = DEADLINE_NEVER,
            .hard_limit_ms = DEADLINE_NEVER,
        };
    }
    result = crowd_run(&crowd, error);

    for (size_t i = 0; i < outcomes->count; i++)
        outcomes->items[i].result = "moved";
    return result;
}

static int prepare_and_move(struct env *env, struct xen_host *host,
                            const struct evacuation *evacuation, struct outcome_list *outcomes,
                            struct error **error)
{
    auto_free struct move_options *moves = xcalloc(outcomes->count + 1, sizeof(*moves));

    sort(outcomes, evacuation->order);
    if (check_all(env, host, evacuation, outcomes, moves, error) < 0)
        return -1;
    if (evacuation->dry_run)
        return env->output.format == FORMAT_DEFAULT
                   ? print_plan(env, outcomes, evacuation->move.host, error)
                   : 0;
    if (has_failed(outcomes) && !evacuation->keep_going)
        hold_all(outcomes);
    return move_all(env, host, evacuation, outcomes, moves, error);
}

/* The reader must see of which guest each message is. */
static void name_errors(struct outcome_list *outcomes)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (outcomes->items[i].error)
            error_wrap(&outcomes->items[i].error, "%s", outcomes->items[i].target);
}

int evacuate(struct env *env, struct evacuation *evacuation, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    auto_string_list none = STRING_LIST_INIT;
    int result;

    if (common_open_host(env, &host, error) < 0 ||
        common_targets(host, "evacuate", &none, true, &outcomes, error) < 0 ||
        interrupt_catch(error) < 0)
        return -1;
    result = prepare_and_move(env, host, evacuation, &outcomes, error);
    interrupt_release();
    name_errors(&outcomes);
    return result < 0 ? -1 : common_report(env, &outcomes, error);
}

struct evacuate_args {
    struct evacuation evacuation;
    struct string_list skip;
    const char *host;
};

static void prepare(void *data)
{
    struct evacuate_args *args = data;

    args->evacuation.move.timeout_ms = UINT64_MAX;
    args->evacuation.move.max_downtime_ms = UINT64_MAX;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct evacuate_args *args = data;

    args->evacuation.move.host = args->host;
    args->evacuation.skip = &args->skip;
    args->evacuation.dry_run |= env->dry_run;
    return evacuate(env, &args->evacuation, error);
}

static const char *const orders[] = { "largest", "smallest", "name", NULL };

static const struct option_spec options[] = {
    OPTION_NUMBER('j', "jobs", struct evacuate_args, evacuation.jobs, KIND_UINT, "N",
                  "move so many at once (1)"),
    OPTION_WORD(0, "order", struct evacuate_args, evacuation.order, orders, "ORDER",
                "largest (first), smallest or name"),
    OPTION_FLAG(0, "keep-going", struct evacuate_args, evacuation.keep_going,
                "go on when one cannot be moved"),
    OPTION_FLAG('n', "dry-run", struct evacuate_args, evacuation.dry_run,
                "check everything and show the plan"),
    OPTION_TEXT('s', "ssh", struct evacuate_args, evacuation.move.ssh, KIND_TEXT, "COMMAND",
                "reach HOST by this instead of ssh"),
    OPTION_FLAG('e', "no-supervise", struct evacuate_args, evacuation.move.unsupervised,
                "let nobody look after them there"),
    OPTION_FLAG(0, "offline", struct evacuate_args, evacuation.move.offline,
                "stop each before its memory is sent"),
    OPTION_LIST(0, "skip-check", struct evacuate_args, skip, KIND_TEXT, "NAME",
                "pass over that check; 'all': over every one"),
    OPTION_NUMBER(0, "timeout", struct evacuate_args, evacuation.move.timeout_ms, KIND_DURATION,
                  NULL, "give up one that takes longer"),
    OPTION_NUMBER(0, "max-downtime", struct evacuate_args, evacuation.move.max_downtime_ms,
                  KIND_DURATION, NULL, "give up one that stands still for longer"),
    OPTION_FLAG(0, "compress", struct evacuate_args, evacuation.move.compress,
                "compress what is sent; only to another xn"),
    OPTION_NUMBER(0, "bandwidth", struct evacuate_args, evacuation.move.bandwidth_kib, KIND_SIZE,
                  NULL, "send no more than this a second, for each"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("HOST", struct evacuate_args, host, KIND_TEXT, "where to, as ssh names it"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "evacuate --dry-run host2", "what would be moved, and what stands in the way" },
    { "evacuate --jobs 2 host2", "two at a time, the largest first" },
    { NULL, NULL },
};

const struct command cmd_evacuate = {
    .name = "evacuate",
    .group = GROUP_LIFECYCLE,
    .summary = "move every guest of this host to another one",
    .description = "For maintenance of a host. Every guest is checked before the first is moved.\n"
                   "One that cannot be moved keeps all of them here, and after a failure no more\n"
                   "is begun, unless --keep-going is given.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct evacuate_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .run = run,
};
