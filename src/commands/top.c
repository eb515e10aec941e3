/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn top: who uses the host, on a screen that follows it. */
#include <string.h>

#include "commands/registry.h"
#include "commands/sampling.h"
#include "commands/top_screen.h"

#define DELAY_DEFAULT_MS 2000
#define DELAY_MIN_MS     100

struct top_args {
    bool batch;
    const char *order;
    uint64_t delay_ms, iterations;
    struct string_list domains;
};

static void prepare(void *data)
{
    ((struct top_args *)data)->delay_ms = DELAY_DEFAULT_MS;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct top_args *args = data;
    const struct output_options *output = &env->output;

    if (args->delay_ms < DELAY_MIN_MS)
        return error_set(error, ERR_USAGE, "--delay is at least %d ms", DELAY_MIN_MS);
    if (args->batch && args->order) {
        error_set(error, ERR_USAGE, "--batch and --order exclude each other");
        return error_hint(error, "lines are sorted by --sort, such as --sort -cpu_percent");
    }
    if (args->batch || (output->format == FORMAT_DEFAULT && !output->columns.count &&
                        !output->sort.count && !output->filters.count && !output->no_header))
        return 0;
    error_set(error, ERR_USAGE, "the screen takes no output options");
    return error_hint(error, "they go with --batch");
}

static enum top_order order_of(const char *word)
{
    enum top_order order = TOP_BY_CPU;

    while (word && strcmp(top_order_words[order], word) != 0)
        order++;
    return order;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct top_args *args = data;
    struct sampling sampling = {
        .env = env,
        .command = "top",
        .domains = &args->domains,
        .interval_ms = args->delay_ms,
        .count = args->iterations,
        .rates = true,
    };
    struct top_options options = {
        .view = { .order = order_of(args->order), .domains = &args->domains },
        .delay_ms = args->delay_ms,
        .iterations = args->iterations,
    };

    return args->batch ? sampling_run(&sampling, error) : top_screen_run(env, &options, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('b', "batch", struct top_args, batch, "print lines or JSON instead of a screen"),
    OPTION_NUMBER('d', "delay", struct top_args, delay_ms, KIND_DURATION, "TIME",
                  "time between two looks; 2s when not said"),
    OPTION_NUMBER('n', "iterations", struct top_args, iterations, KIND_UINT, "N",
                  "how often to look; until q is pressed or a signal comes when not said"),
    OPTION_WORD('o', "order", struct top_args, order, top_order_words, "ORDER",
                "what the screen is sorted by: cpu, memory, network, disk, name or id"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct top_args, domains, KIND_DOMAIN,
                       "names, domids or UUIDs; all when none is named"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "top", "the screen; ? shows its keys, q leaves it" },
    { "top --order memory --delay 5s", "the biggest first, every five seconds" },
    { "top --batch --iterations 1 --sort -cpu_percent", "one table of what they use now" },
    { "top --batch --json --delay 10s", "an object in each line, for programs" },
    { NULL, NULL },
};

const struct command cmd_top = {
    .name = "top",
    .group = GROUP_INFORMATION,
    .summary = "show who uses the host, again and again",
    .description = "A screen with CPU, memory, network and disks of each domain, as they are used\n"
                   "at the moment. With --batch the same as lines, as CSV or as JSON.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct top_args),
    .columns = &usage_columns,
    .prepare = prepare,
    .check = check,
    .run = run,
};
