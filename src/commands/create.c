/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn create: a guest from a configuration file. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "config/config.h"
#include "out/listing.h"
#include "out/progress.h"
#include "supervise/daemon.h"
#include "xen/console.h"
#include "xen/create.h"
#include "xen/domain.h"
#include "xen/facts.h"
#include "xen/life.h"
#include "xen/mark.h"

struct create_args {
    bool paused, console, unsupervised, foreground, quiet, dry_run, dump, strict;
    const char *file;
    struct string_list words;
};

/* The words that hold no '=' name the file; there is only one. */
static int find_file(struct create_args *args, struct error **error)
{
    for (size_t i = 0; i < args->words.count; i++) {
        const char *word = args->words.items[i];

        if (strchr(word, '='))
            continue;
        if (args->file) {
            error_set(error, ERR_USAGE, "two configuration files: '%s' and '%s'", args->file, word);
            return error_hint(error, "create makes one guest; settings are written as key=value");
        }
        args->file = word;
    }
    if (args->file)
        return 0;
    error_set(error, ERR_USAGE, "no configuration file is named");
    return error_hint(error, "name one, or /dev/null to give everything as key=value");
}

static int check(const struct env *env, void *data, struct error **error)
{
    struct create_args *args = data;

    (void)env;
    if (args->unsupervised && args->foreground) {
        error_set(error, ERR_USAGE, "-e and -F exclude each other");
        return error_hint(error, "-e: nobody looks after the guest; -F: this command does");
    }
    return find_file(args, error);
}

struct creator {
    struct env *env;
    const struct create_args *args;
    struct xen_host *host; /* NULL in a dry run on a machine without Xen */
    struct host_config host_config;
    libxl_domain_config config;
};

static int read_config(struct creator *creator, struct error **error)
{
    auto_string_list assignments = STRING_LIST_INIT;
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct host_facts facts;
    struct config_request request = {
        .file = creator->args->file,
        .assignments = &assignments,
        .host_config = &creator->host_config,
        .strict = creator->args->strict,
    };
    int result;

    for (size_t i = 0; i < creator->args->words.count; i++)
        if (strchr(creator->args->words.items[i], '='))
            string_list_add(&assignments, creator->args->words.items[i]);
    if (creator->host) {
        if (xen_host_facts(creator->host, &facts, error) < 0)
            return -1;
        request.facts = &facts;
    }
    if (creator->env->as_xl && !creator->args->quiet)
        fprintf(creator->env->err, "Parsing config from %s\n", request.file);
    result = config_read(&request, &diagnostics, &creator->config, error);
    if (!creator->args->quiet)
        common_print_warnings(creator->env, "create: ", &diagnostics);
    return result;
}

static int print_config(FILE *out, const libxl_domain_config *config, struct error **error)
{
    auto_free char *json = libxl_domain_config_to_json(NULL, (libxl_domain_config *)config);

    if (!json)
        return error_set(error, ERR_FAILED, "cannot write the configuration as JSON");
    return output_text(out, json, strlen(json), error);
}

/* From here on there is a paused guest; whatever fails takes it away again. */
static int start_supervised(struct creator *creator, const struct domain *domain,
                            struct error **error)
{
    if (!creator->args->unsupervised && !creator->args->foreground) {
        if (xen_mark_set(creator->host, domain->domid, domain->uuid, error) < 0 ||
            daemon_ensure(error) < 0)
            return -1;
    }
    if (creator->args->paused)
        return 0;
    return xen_life_unpause(creator->host, domain->domid, error);
}

/* -F: this process looks after the guest until it is gone. */
static int look_after(struct creator *creator, const struct domain *domain, struct error **error)
{
    struct supervisor_wait wait = { .extra_fd = -1, .until_idle = true };
    struct supervisor *supervisor =
        supervisor_new(creator->host, &creator->host_config, creator->env->err);
    int result = supervisor_adopt(supervisor, domain, error);

    if (result == 0)
        result = start_supervised(creator, domain, error);
    if (result < 0)
        (void)xen_life_destroy(creator->host, domain->domid, NULL);
    else
        result = supervisor_run(supervisor, &wait, error);
    if (result == 0 && interrupt_signal()) {
        error_set(error, ERR_INTERRUPTED,
                  "interrupted; domain %u goes on, and nobody looks after "
                  "it",
                  domain->domid);
        result = -1;
    }
    supervisor_free(supervisor);
    return result;
}

static int start(struct creator *creator, const struct created *created, struct domain *domain,
                 struct error **error)
{
    int result = xen_domain_get(creator->host, created->domid, domain, error);

    if (result == 0 && creator->args->foreground)
        return look_after(creator, domain, error);
    if (result == 0)
        result = start_supervised(creator, domain, error);
    if (result < 0)
        (void)xen_life_destroy(creator->host, created->domid, NULL);
    return result;
}

static void show_step(void *context, const char *text)
{
    progress_show(context, "create: %s ...", text);
}

static int create(struct creator *creator, struct outcome *outcome, struct error **error)
{
    struct progress progress;
    struct create_options options = {
        .host_config = &creator->host_config,
        .console = creator->args->console,
        .on_step = creator->args->console ? NULL : show_step,
        .context = &progress,
    };
    struct created created = { 0 };
    uint64_t started_ms = clock_ms();
    int result;

    progress_init(&progress, creator->env->err, creator->env->progress_lines);
    xen_config_choose_domid(&creator->config, &creator->host_config);
    result = xen_domain_create(creator->host, &creator->config, &options, &created, error);
    progress_clear(&progress);
    if (result == 0)
        result = start(creator, &created, &outcome->domain, error);
    outcome->result = "done";
    outcome->duration_ms = clock_ms() - started_ms;
    xen_console_wait(created.console);
    return result;
}

/* The configuration is complete and right; now the host is changed. */
static int create_and_report(struct creator *creator, struct error **error)
{
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome = outcome_list_add(&outcomes, "create", creator->config.c_info.name);

    if (interrupt_catch(error) < 0)
        return -1;
    (void)create(creator, outcome, &outcome->error);
    interrupt_release();
    return common_report(creator->env, &outcomes, error);
}

static int go(struct creator *creator, bool dry_run, struct error **error)
{
    if (read_config(creator, error) < 0)
        return -1;
    if (dry_run)
        return print_config(creator->env->out, &creator->config, error);
    if (creator->args->dump && print_config(creator->env->err, &creator->config, error) < 0)
        return -1;
    return create_and_report(creator, error);
}

/* A dry run needs no Xen: it checks as much as can be checked. */
static int open_host(struct creator *creator, bool dry_run, struct error **error)
{
    auto_error problem = NULL;

    if (!dry_run)
        return common_open_host(creator->env, &creator->host, error);
    (void)common_open_host(creator->env, &creator->host, &problem);
    return 0;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct creator creator = { .env = env, .args = data };
    bool dry_run = creator.args->dry_run || env->dry_run;
    int result = -1;

    libxl_domain_config_init(&creator.config);
    if (common_host_config(env, &creator.host_config, error) == 0 &&
        open_host(&creator, dry_run, error) == 0)
        result = go(&creator, dry_run, error);
    libxl_domain_config_dispose(&creator.config);
    host_config_release(&creator.host_config);
    xen_host_close(creator.host);
    return result;
}

static const struct option_spec options[] = {
    OPTION_TEXT('f', "defconfig", struct create_args, file, KIND_FILE, "FILE",
                "the configuration file, as an option"),
    OPTION_FLAG('p', "paused", struct create_args, paused, "leave the guest paused"),
    OPTION_FLAG('c', "console", struct create_args, console,
                "attach to its console before it runs"),
    OPTION_FLAG('F', "foreground", struct create_args, foreground,
                "look after the guest here until it is gone"),
    OPTION_FLAG('e', "no-supervise", struct create_args, unsupervised,
                "let nobody look after it: no restart, no clean-up"),
    OPTION_FLAG('n', "dry-run", struct create_args, dry_run,
                "only read the configuration and print it as JSON"),
    OPTION_FLAG_HIDDEN(0, "dryrun", struct create_args, dry_run, "xl's spelling of --dry-run"),
    OPTION_FLAG('d', "dump", struct create_args, dump,
                "print the configuration as JSON on stderr, too"),
    OPTION_FLAG('q', "quiet", struct create_args, quiet, "print no warnings"),
    OPTION_FLAG(0, "strict", struct create_args, strict, "take unknown keys for errors"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("FILE|KEY=VALUE", struct create_args, words, KIND_CONFIG,
                       "the configuration file, and settings that override it"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "create web.cfg", "build and start the guest that web.cfg describes" },
    { "create web.cfg memory=2048 'name=\"web2\"'", "the same with other settings" },
    { "create -n web.cfg", "only show what would be built" },
    { "create -c web.cfg", "with its console on this terminal" },
    { NULL, NULL },
};

const struct command cmd_create = {
    .name = "create",
    .group = GROUP_LIFECYCLE,
    .summary = "build and start a guest from a configuration file",
    .description =
        "The whole configuration is checked before anything is built; xn.cfg(5) describes\n"
        "it. The guest is looked after from then on: when it reboots, crashes or powers\n"
        "off, xn's supervisor does what its on_* keys say.",
    .examples = examples,
    .flags = COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct create_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
