/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn restore: a guest from the file that save made. */
#include "base/interrupt.h"
#include "commands/config_input.h"
#include "commands/registry.h"
#include "commands/restorer.h"

struct restore_args {
    struct launch_options launch;
    bool dump;
    const char *first, *second; /* FILE, or CONFIG FILE: xl's order */
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct restore_args *args = data;

    (void)env;
    return launch_check(&args->launch, error);
}

static void warn_of_second(const struct restorer *restorer)
{
    char when[64];

    restorer_used_at(restorer, when, sizeof(when));
    if (*when)
        fprintf(restorer->env->err,
                "%s: restore: warning: this guest was restored after the file was written, at %s; "
                "if its disks have changed since, it will damage them\n",
                restorer->env->program, when);
}

static int restore(struct restorer *restorer, const struct restore_args *args, struct error **error)
{
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome = outcome_list_add(&outcomes, "restore", restorer->config.c_info.name);

    if (args->dump && config_print_json(restorer->env->err, &restorer->config, error) < 0)
        return -1;
    warn_of_second(restorer);
    if (interrupt_catch(error) < 0)
        return -1;
    (void)restorer_launch(restorer, &args->launch, outcome, &outcome->error);
    interrupt_release();
    return common_report(restorer->env, &outcomes, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct restore_args *args = data;
    auto_xen_host *host = NULL;
    struct host_config host_config = { 0 };
    struct restorer restorer = {
        .env = env,
        .file = args->second ? args->second : args->first,
        .config_file = args->second ? args->first : NULL,
        .host_config = &host_config,
    };
    int result = -1;

    restorer_init(&restorer);
    if (restorer_open(&restorer, error) == 0 && common_host_config(env, &host_config, error) == 0 &&
        common_open_host(env, &host, error) == 0) {
        restorer.host = host;
        if (restorer_read_config(&restorer, error) == 0)
            result = restore(&restorer, args, error);
    }
    restorer_release(&restorer);
    host_config_release(&host_config);
    return result;
}

static const struct option_spec options[] = {
    OPTION_FLAG('p', "paused", struct restore_args, launch.paused, "leave the guest paused"),
    OPTION_FLAG('c', "console", struct restore_args, launch.console,
                "attach to its console before it runs"),
    OPTION_FLAG('F', "foreground", struct restore_args, launch.foreground,
                "look after the guest here until it is gone"),
    OPTION_FLAG('e', "no-supervise", struct restore_args, launch.unsupervised,
                "let nobody look after it: no restart, no clean-up"),
    OPTION_FLAG('V', "vncviewer", struct restore_args, launch.viewer,
                "start a VNC viewer that shows its screen"),
    OPTION_FLAG('A', "vncviewer-autopass", struct restore_args, launch.viewer_password,
                "the same, and give the viewer the password"),
    OPTION_FLAG('d', "dump", struct restore_args, dump,
                "print the configuration as JSON on stderr, too"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("FILE|CONFIG", struct restore_args, first, KIND_FILE,
             "the saved guest, or a configuration to use instead of the saved one"),
    ARGUMENT_OPTIONAL("FILE", struct restore_args, second, KIND_FILE,
                      "the saved guest, behind a configuration"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "restore /srv/web.save", "the guest runs on where it was saved" },
    { "restore web.cfg /srv/web.save",
      "with another configuration: other paths of its disks, say" },
    { NULL, NULL },
};

const struct command cmd_restore = {
    .name = "restore",
    .group = GROUP_LIFECYCLE,
    .summary = "build a guest from a file that save made",
    .description = "The file is read from end to end before any memory is taken: one that is cut\n"
                   "off or damaged is refused, and so is a guest whose name or UUID is in use.\n"
                   "Files of xl are read, too.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct restore_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
