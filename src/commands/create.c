/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn create: a guest from a configuration file. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "commands/config_input.h"
#include "commands/guests.h"
#include "commands/launch_many.h"
#include "commands/registry.h"

struct create_args {
    struct launch_options launch;
    bool quiet, dry_run, dump, strict, any_cpu;
    uint64_t jobs;
    const char *file; /* of -f */
    struct string_list words;
};

/* Several guests have no common terminal and nobody who waits for all of them. */
static int check_many(const struct create_args *args, struct error **error)
{
    if (!args->launch.console && !args->launch.foreground)
        return 0;
    return error_set(error, ERR_USAGE, "%s is for one guest, and several files are named",
                     args->launch.console ? "-c" : "-F");
}

static int check(const struct env *env, void *data, struct error **error)
{
    struct create_args *args = data;
    auto_string_list files = STRING_LIST_INIT, assignments = STRING_LIST_INIT;
    const char *file = args->file;

    if (launch_check(&args->launch, error) < 0)
        return -1;
    config_words_split(&args->words, &files, &assignments);
    if (files.count < 2 || args->file || env->as_xl)
        return config_words_file(&cmd_create, &args->words, &file, error);
    return check_many(args, error);
}

struct creator {
    struct env *env;
    const struct create_args *args;
    struct xen_host *host; /* NULL in a dry run on a machine without Xen */
    struct host_config host_config;
    struct string_list files, assignments;
    libxl_domain_config *configs; /* one for each file */
};

static int read_config(struct creator *creator, const char *file, libxl_domain_config *config,
                       struct error **error)
{
    struct launch_input input = {
        .env = creator->env,
        .host = creator->host,
        .host_config = &creator->host_config,
        .action = "create",
        .file = file,
        .words = &creator->assignments,
        .quiet = creator->args->quiet,
        .strict = creator->args->strict,
        .any_cpu = creator->args->any_cpu,
    };

    return launch_read_config(&input, config, error);
}

/* Two of one name: the second would fail when the first is made already. */
static int check_names(const struct creator *creator, size_t last, struct error **error)
{
    const char *name = creator->configs[last].c_info.name;

    for (size_t i = 0; i < last; i++)
        if (strcmp(creator->configs[i].c_info.name, name) == 0)
            return error_set(error, ERR_CONFIG, "'%s' and '%s' both make a guest '%s'",
                             creator->files.items[i], creator->files.items[last], name);
    return 0;
}

/* All of them are right before the first is made. */
static int read_configs(struct creator *creator, struct error **error)
{
    for (size_t i = 0; i < creator->files.count; i++)
        if (read_config(creator, creator->files.items[i], &creator->configs[i], error) < 0 ||
            check_names(creator, i, error) < 0)
            return -1;
    return 0;
}

static int print_configs(const struct creator *creator, FILE *stream, struct error **error)
{
    for (size_t i = 0; i < creator->files.count; i++)
        if (config_print_json(stream, &creator->configs[i], error) < 0)
            return -1;
    return 0;
}

/* The configurations are complete and right; now the host is changed. */
static int create(struct creator *creator, struct error **error)
{
    size_t count = creator->files.count;
    auto_free struct launch *launches = xcalloc(count, sizeof(*launches));

    for (size_t i = 0; i < count; i++)
        if (guests_refuse_saved(creator->configs[i].c_info.name, error) < 0)
            return -1;
    for (size_t i = 0; i < count; i++) {
        launches[i] = (struct launch){
            .env = creator->env,
            .host = creator->host,
            .host_config = &creator->host_config,
            .action = "create",
            .options = &creator->args->launch,
            .config = &creator->configs[i],
            .file = creator->files.items[i],
        };
        xen_config_choose_domid(&creator->configs[i], &creator->host_config);
    }
    if (count == 1)
        return launch_and_report(launches, error);
    return launch_many_and_report(launches, count, (unsigned)creator->args->jobs, error);
}

static int go(struct creator *creator, bool dry_run, struct error **error)
{
    if (read_configs(creator, error) < 0)
        return -1;
    if (dry_run)
        return print_configs(creator, creator->env->out, error);
    if (creator->args->dump && print_configs(creator, creator->env->err, error) < 0)
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

static void creator_init(struct creator *creator)
{
    config_words_split(&creator->args->words, &creator->files, &creator->assignments);
    if (creator->args->file)
        string_list_add(&creator->files, creator->args->file);
    creator->configs = xcalloc(creator->files.count, sizeof(*creator->configs));
    for (size_t i = 0; i < creator->files.count; i++)
        libxl_domain_config_init(&creator->configs[i]);
}

static void creator_release(struct creator *creator)
{
    for (size_t i = 0; i < creator->files.count; i++)
        libxl_domain_config_dispose(&creator->configs[i]);
    free(creator->configs);
    string_list_release(&creator->files);
    string_list_release(&creator->assignments);
    host_config_release(&creator->host_config);
    xen_host_close(creator->host);
}

static int run(struct env *env, void *data, struct error **error)
{
    struct creator creator = { .env = env, .args = data };
    bool dry_run = creator.args->dry_run || env->dry_run;
    int result = -1;

    creator_init(&creator);
    if (common_host_config(env, &creator.host_config, error) == 0 &&
        open_host(&creator, dry_run, error) == 0)
        result = go(&creator, dry_run, error);
    creator_release(&creator);
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
    OPTION_NUMBER('j', "jobs", struct create_args, jobs, KIND_UINT, "N",
                  "of several guests make so many at the same time [4]"),
    OPTION_FLAG('q', "quiet", struct create_args, quiet, "print no warnings"),
    OPTION_FLAG(0, "strict", struct create_args, strict, "take unknown keys for errors"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("FILE|KEY=VALUE", struct create_args, words, KIND_CONFIG,
                       "configuration files, one for each guest, and settings that override them"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "create web.cfg", "build and start the guest that web.cfg describes" },
    { "create web.cfg memory=2048 'name=\"web2\"'", "the same with other settings" },
    { "create web.cfg db.cfg --jobs 2", "several guests side by side" },
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
