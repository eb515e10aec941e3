/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn stats: the counters of the host and its domains, for people, scripts and Prometheus. */
#include "commands/registry.h"
#include "commands/sampling.h"

/* Faster only costs: a sample takes milliseconds itself. */
#define INTERVAL_MIN_MS 100

struct stats_args {
    uint64_t interval_ms, count;
    const char *textfile;
    struct string_list domains;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct stats_args *args = data;
    bool metrics = args->textfile || env->output.format == FORMAT_PROMETHEUS;

    if (args->interval_ms && args->interval_ms < INTERVAL_MIN_MS)
        return error_set(error, ERR_USAGE, "--interval is at least %d ms", INTERVAL_MIN_MS);
    if (args->count && !args->interval_ms)
        return error_set(error, ERR_USAGE, "--count needs --interval");
    if (args->textfile && env->output.format != FORMAT_DEFAULT &&
        env->output.format != FORMAT_PROMETHEUS)
        return error_set(error, ERR_USAGE, "--textfile writes metrics for Prometheus only");
    if (!metrics)
        return 0;
    if (env->output.format == FORMAT_PROMETHEUS && args->interval_ms && !args->textfile) {
        error_set(error, ERR_USAGE, "--format=prometheus prints once, and --interval repeats");
        return error_hint(error, "with --textfile the file is written again and again");
    }
    if (args->domains.count || env->output.columns.count || env->output.filters.count ||
        env->output.sort.count)
        return error_set(error, ERR_USAGE, "metrics for Prometheus are always of all domains");
    return 0;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct stats_args *args = data;
    struct sampling sampling = {
        .env = env,
        .command = "stats",
        .domains = &args->domains,
        .interval_ms = args->interval_ms,
        .count = args->count,
        .textfile = args->textfile,
    };

    return sampling_run(&sampling, error);
}

static const struct option_spec options[] = {
    OPTION_NUMBER('i', "interval", struct stats_args, interval_ms, KIND_DURATION, "TIME",
                  "print again and again, with this time between, such as 5s"),
    OPTION_NUMBER('n', "count", struct stats_args, count, KIND_UINT, "N",
                  "with --interval: how often; until a signal comes when not said"),
    OPTION_TEXT(0, "textfile", struct stats_args, textfile, KIND_FILE, "FILE",
                "write metrics for Prometheus to this file, in one step"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct stats_args, domains, KIND_DOMAIN,
                       "names, domids or UUIDs; all when none is named"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "stats", "the counters of all domains since they were built" },
    { "stats web --interval 5s", "one guest every five seconds, with its share of CPU" },
    { "stats --json", "with every disk and network, as JSON" },
    { "stats --textfile /var/lib/prometheus/node-exporter/xn.prom",
      "for the textfile collector of Prometheus' node exporter" },
    { NULL, NULL },
};

const struct command cmd_stats = {
    .name = "stats",
    .group = GROUP_INFORMATION,
    .summary = "show the counters of the host and its domains",
    .description =
        "CPU time, memory, networks and disks, counted as the guest sees them: received\n"
        "is what came to it. With --interval there are rates, too, and JSON is a\n"
        "document in each line. Disks and networks have counters when their backend\n"
        "is in domain 0's kernel.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS | COMMAND_METRICS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct stats_args),
    .columns = &usage_columns,
    .check = check,
    .run = run,
};
