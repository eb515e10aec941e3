/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn create: a guest from a configuration file. */
#include <stdlib.h>

#include "commands/config_input.h"
#include "commands/launch.h"
#include "commands/registry.h"
#include "xen/facts.h"

struct create_args {
    struct launch_options launch;
    bool quiet, dry_run, dump, strict, any_cpu;
    const char *file;
    struct string_list words;
};

static int check(const struct env *env, void *data, struct error **error)
{
    struct create_args *args = data;

    (void)env;
    if (launch_check(&args->launch, error) < 0)
        return -1;
    return config_words_file(&cmd_create, &args->words, &args->file, error);
}

struct creator {
    struct env *env;
    const struct create_args *args;
    struct xen_host *host; /* NULL in a dry run on a machine without Xen */
    struct host_config host_config;
    libxl_domain_config config;
};

/* xl.conf's masks take CPUs away from the guest, also in a dry run. */
static int apply_masks(struct creator *creator, struct error **error)
{
    struct host_facts facts;

    if (creator->args->any_cpu || !creator->host)
        return 0;
    if (xen_host_facts(creator->host, &facts, error) < 0)
        return -1;
    return config_apply_cpu_masks(&creator->config, &creator->host_config, &facts, error);
}

static int read_config(struct creator *creator, struct error **error)
{
    auto_string_list files = STRING_LIST_INIT, assignments = STRING_LIST_INIT;
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct config_request request = {
        .file = creator->args->file,
        .assignments = &assignments,
        .host_config = &creator->host_config,
        .strict = creator->args->strict,
    };
    int result;

    config_words_split(&creator->args->words, &files, &assignments);
    if (creator->env->as_xl && !creator->args->quiet)
        fprintf(creator->env->err, "Parsing config from %s\n", request.file);
    result = config_input_read(creator->host, &request, &diagnostics, &creator->config, error);
    common_print_diagnostics(creator->env, "create: ", &diagnostics, creator->args->quiet);
    return result < 0 ? -1 : apply_masks(creator, error);
}

/* The configuration is complete and right; now the host is changed. */
static int create(struct creator *creator, struct error **error)
{
    struct launch launch = {
        .env = creator->env,
        .host = creator->host,
        .host_config = &creator->host_config,
        .action = "create",
        .options = &creator->args->launch,
        .config = &creator->config,
    };

    xen_config_choose_domid(&creator->config, &creator->host_config);
    return launch_and_report(&launch, error);
}

static int go(struct creator *creator, bool dry_run, struct error **error)
{
    if (read_config(creator, error) < 0)
        return -1;
    if (dry_run)
        return config_print_json(creator->env->out, &creator->config, error);
    if (creator->args->dump && config_print_json(creator->env->err, &creator->config, error) < 0)
        return -1;
    return create(creator, error);
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
    OPTION_FLAG('p', "paused", struct create_args, launch.paused, "leave the guest paused"),
    OPTION_FLAG('c', "console", struct create_args, launch.console,
                "attach to its console before it runs"),
    OPTION_FLAG('F', "foreground", struct create_args, launch.foreground,
                "look after the guest here until it is gone"),
    OPTION_FLAG('e', "no-supervise", struct create_args, launch.unsupervised,
                "let nobody look after it: no restart, no clean-up"),
    OPTION_FLAG('n', "dry-run", struct create_args, dry_run,
                "only read the configuration and print it as JSON"),
    OPTION_FLAG_HIDDEN(0, "dryrun", struct create_args, dry_run, "xl's spelling of --dry-run"),
    OPTION_FLAG('i', "ignore-global-affinity-masks", struct create_args, any_cpu,
                "let it run on all CPUs, whatever vm.cpumask in xl.conf says"),
    OPTION_FLAG('V', "vncviewer", struct create_args, launch.viewer,
                "start a VNC viewer that shows its screen"),
    OPTION_FLAG('A', "vncviewer-autopass", struct create_args, launch.viewer_password,
                "the same, and give the viewer the password"),
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
        "The whole configuration is checked before anything is built; xn.cfg(5)\n"
        "describes it. The guest is looked after from then on: when it reboots, crashes\n"
        "or powers off, xn's supervisor does what its on_* keys say.",
    .examples = examples,
    .flags = COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct create_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
