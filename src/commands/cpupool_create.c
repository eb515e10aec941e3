/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cpupool-create: a CPU pool from a configuration. */
#include <libxl_utils.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "commands/config_input.h"
#include "commands/registry.h"
#include "config/pool.h"
#include "out/listing.h"
#include "xen/facts.h"
#include "xen/pool.h"

struct cpupool_create_args {
    bool dry_run;
    const char *file;
    struct string_list words;
};

static int check(const struct env *env, void *data, struct error **error)
{
    struct cpupool_create_args *args = data;

    (void)env;
    for (size_t i = 0; i < args->words.count; i++) {
        if (strchr(args->words.items[i], '='))
            continue;
        if (args->file) {
            error_set(error, ERR_USAGE, "two configuration files: '%s' and '%s'", args->file,
                      args->words.items[i]);
            return error_hint(error, "settings are written as key=value");
        }
        args->file = args->words.items[i];
    }
    if (args->file || args->words.count)
        return 0;
    error_set(error, ERR_USAGE, "nothing says what the CPU pool shall be");
    return error_hint(error, "name a file, or give settings such as name=batch cpus=2-3");
}

/* A word of the shell need not carry the quotes of the language: name=batch, cpus=2-3,5. */
static char *quoted(const char *word)
{
    const char *value = strchr(word, '=') + 1;

    if (*value && !strpbrk(value, "\"'[];#\\"))
        return xasprintf("%.*s\"%s\"", (int)(value - word), word, value);
    return xstrdup(word);
}

static int read_config(const struct env *env, struct xen_host *host,
                       const struct cpupool_create_args *args, struct pool_config *config,
                       struct error **error)
{
    auto_string_list settings = STRING_LIST_INIT;
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct host_facts facts;
    struct config_request request = { .file = args->file,
                                      .assignments = &settings,
                                      .facts = &facts };
    int result;

    for (size_t i = 0; i < args->words.count; i++)
        if (strchr(args->words.items[i], '='))
            string_list_take(&settings, quoted(args->words.items[i]));
    if (xen_host_facts(host, &facts, error) < 0)
        return -1;
    result = pool_config_read(&request, &diagnostics, config, error);
    common_print_diagnostics(env, "cpupool-create: ", &diagnostics, false);
    if (result < 0)
        return -1;
    if (!config->scheduler)
        config->scheduler = xen_pool_default_scheduler(host);
    return config->scheduler ? pool_check_name(config->name, error)
                             : error_set(error, ERR_LIBXL, "cannot ask for the default scheduler");
}

/* Of whole nodes the free CPUs are meant; CPUs that were named must all be free. */
static int take_free(struct xen_host *host, struct pool_config *config, struct error **error)
{
    auto_pool_list pools = { NULL, 0 };
    libxl_bitmap available;
    int result = xen_pool_free_cpus(host, &available, error);

    if (result == 0)
        result = xen_pool_list(host, &pools, error);
    for (uint32_t cpu = 0; result == 0 && cpu < config->cpus.size * 8; cpu++) {
        const struct pool *owner = pool_list_owner(&pools, cpu);

        if (!libxl_bitmap_test(&config->cpus, (int)cpu) || libxl_bitmap_test(&available, (int)cpu))
            continue;
        libxl_bitmap_reset(&config->cpus, (int)cpu);
        if (config->by_nodes)
            continue;
        result = error_set(error, ERR_FAILED,
                           owner ? "CPU %u is in the CPU pool '%s'" : "CPU %u is not free", cpu,
                           owner ? owner->name : "");
        if (owner)
            error_hint(error, "'xn cpupool-cpu-remove' takes it out there");
    }
    if (result == 0 && config->by_nodes && libxl_bitmap_is_empty(&config->cpus))
        result = error_set(error, ERR_FAILED, "no CPU of these nodes is free");
    libxl_bitmap_dispose(&available);
    return result;
}

/* xl's four lines. */
static int print_summary(const struct env *env, const struct cpupool_create_args *args,
                         const struct pool_config *config, struct error **error)
{
    auto_free char *file = printable(args->file ? args->file : "command line");
    auto_free char *name = printable(config->name);
    auto_str text = STR_INIT;

    if (env->output.format == FORMAT_JSON)
        return 0;
    str_addf(&text, "Using config file \"%s\"\n", file);
    str_addf(&text, "cpupool name:   %s\n", name);
    str_addf(&text, "scheduler:      %s\n", config->scheduler);
    str_addf(&text, "number of cpus: %d\n", libxl_bitmap_count_set(&config->cpus));
    return output_text(env->out, text.text, text.length, error);
}

static int create(const struct env *env, struct xen_host *host,
                  const struct cpupool_create_args *args, struct outcome *outcome,
                  struct error **error)
{
    struct pool_config config = { .name = NULL };
    bool dry_run = args->dry_run || env->dry_run;
    uint32_t id = 0;
    int result;

    result = read_config(env, host, args, &config, error);
    if (result == 0) {
        outcome->pool = xstrdup(config.name);
        outcome->result = dry_run ? "would-do" : "created";
        result = take_free(host, &config, error);
    }
    if (result == 0)
        result = print_summary(env, args, &config, error);
    if (result == 0 && !dry_run)
        result = xen_pool_create(host, config.name, config.scheduler, &config.cpus, &id, error);
    pool_config_release(&config);
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct cpupool_create_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = outcome_list_add(&outcomes, "cpupool-create", args->file ? args->file : "");
    if (create(env, host, args, outcome, &outcome->error) < 0 && !outcome->pool)
        return error_move(error, TAKE(outcome->error));
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_TEXT('f', "defconfig", struct cpupool_create_args, file, KIND_FILE, "FILE",
                "the configuration file, as an option"),
    OPTION_FLAG('n', "dry-run", struct cpupool_create_args, dry_run, "check it and make nothing"),
    OPTION_FLAG_HIDDEN(0, "dryrun", struct cpupool_create_args, dry_run,
                       "xl's spelling of --dry-run"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("FILE|KEY=VALUE", struct cpupool_create_args, words, KIND_CONFIG,
                       "the configuration file, and settings: name, sched, cpus, nodes"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "cpupool-create name=batch sched=credit cpus=2-3", "a pool of two free CPUs" },
    { "cpupool-create -n /etc/xen/batch.pool", "what that file would make" },
    { NULL, NULL },
};

const struct command cmd_cpupool_create = {
    .name = "cpupool-create",
    .group = GROUP_RESOURCES,
    .summary = "make a CPU pool",
    .description = "Its CPUs must be free: 'cpupool-cpu-remove' takes them out of another pool. A\n"
                   "pool may also begin without any.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_DRY_RUN,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct cpupool_create_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
