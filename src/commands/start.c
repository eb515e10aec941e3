/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn start: a guest by its name, from the files that this host keeps. */
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/crowd.h"
#include "commands/guests.h"
#include "commands/launch_file.h"
#include "commands/registry.h"
#include "xen/domain.h"

struct start_args {
    struct launch_options launch;
    bool quiet;
    uint64_t jobs;
    struct string_list names;
};

static int check_word(const char *word, struct error **error)
{
    if (!strchr(word, '/'))
        return 0;
    error_set(error, ERR_USAGE, "'%s' is no name of a guest but a file", word);
    return error_hint(error, "xn create %s", word);
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct start_args *args = data;

    (void)env;
    for (size_t i = 0; i < args->names.count; i++)
        if (check_word(args->names.items[i], error) < 0)
            return -1;
    if (args->names.count > 1 && args->launch.console)
        return error_set(error, ERR_USAGE, "-c is for one guest, and several are named");
    return 0;
}

struct starter {
    struct env *env;
    const struct start_args *args;
    struct xen_host *host;
    struct host_config host_config;
    struct guest_files files;
    struct domain_list domains;
    struct outcome_list outcomes;
};

/* Starting it anew would make the saved memory worthless, and dangerous to restore. */
static int check_not_saved(const char *name, struct error **error)
{
    auto_free char *path = saved_path(SAVED_FOLDER, name);

    if (access(path, F_OK) < 0)
        return 0;
    error_set(error, ERR_EXISTS, "the memory of '%s' is saved in '%s'", name, path);
    return error_hint(error, "'xn host start' lets it run on; to start it anew remove the file");
}

/* The file to start a guest from, NULL with *error. */
static const char *find_file(const struct starter *starter, const char *name, struct error **error)
{
    const struct domain *domain = guests_running(&starter->domains, name);
    const struct guest_file *file;

    if (domain) {
        error_set(error, ERR_EXISTS, "'%s' is here already, as domain %u", name, domain->domid);
        return NULL;
    }
    file = guest_files_find(&starter->files, GUESTS_FOLDER, name, error);
    if (!file) {
        error_hint(error, "a file elsewhere is started by 'xn create FILE'");
        return NULL;
    }
    return check_not_saved(name, error) < 0 ? NULL : file->path;
}

static void run_job(void *context, struct xen_host *host, struct outcome *outcome)
{
    struct launch_file what = *(const struct launch_file *)context;

    what.host = host;
    (void)launch_file(&what, outcome, &outcome->error);
}

/* One guest is made by this process: its console and its steps are shown here. */
static int start_all(struct starter *starter, struct launch_file *files, size_t count,
                     struct crowd_job *jobs, struct error **error)
{
    struct crowd crowd = {
        .env = starter->env,
        .host = starter->host,
        .action = "start",
        .jobs = jobs,
        .count = count,
        .limit = (unsigned)starter->args->jobs,
        .deadline_ms = DEADLINE_NEVER,
    };
    int result = 0;

    if (interrupt_catch(error) < 0)
        return -1;
    if (count == 1)
        (void)launch_file(files, jobs->outcome, &jobs->outcome->error);
    else
        result = crowd_run(&crowd, error);
    interrupt_release();
    return result;
}

static int start(struct starter *starter, struct error **error)
{
    const struct string_list *names = &starter->args->names;
    auto_free struct launch_file *files = xcalloc(names->count, sizeof(*files));
    auto_free struct crowd_job *jobs = xcalloc(names->count, sizeof(*jobs));
    size_t count = 0;

    for (size_t i = 0; i < names->count; i++)
        outcome_list_add(&starter->outcomes, "start", names->items[i]);
    for (size_t i = 0; i < names->count; i++) {
        struct outcome *outcome = &starter->outcomes.items[i];
        const char *file = find_file(starter, names->items[i], &outcome->error);

        outcome->result = "failed";
        if (!file)
            continue;
        files[count] = (struct launch_file){
            .env = starter->env,
            .host = starter->host,
            .host_config = &starter->host_config,
            .action = "start",
            .file = file,
            .options = &starter->args->launch,
            .quiet = starter->args->quiet,
        };
        jobs[count] = (struct crowd_job){
            .outcome = outcome,
            .run = run_job,
            .context = &files[count],
            .soft_limit_ms = DEADLINE_NEVER,
            .hard_limit_ms = DEADLINE_NEVER,
        };
        count++;
    }
    return count ? start_all(starter, files, count, jobs, error) : 0;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct starter starter = { .env = env, .args = data };
    int result = -1;

    if (common_open_host(env, &starter.host, error) == 0 &&
        common_host_config(env, &starter.host_config, error) == 0 &&
        guest_files_scan(GUESTS_FOLDER, &starter.files, error) == 0 &&
        xen_domain_list(starter.host, DETAIL_NAMES, &starter.domains, error) == 0 &&
        start(&starter, error) == 0)
        result = common_report(env, &starter.outcomes, error);
    outcome_list_release(&starter.outcomes);
    domain_list_release(&starter.domains);
    guest_files_release(&starter.files);
    host_config_release(&starter.host_config);
    xen_host_close(starter.host);
    return result;
}

static const struct option_spec options[] = {
    OPTION_FLAG('p', "paused", struct start_args, launch.paused, "leave the guest paused"),
    OPTION_FLAG('c', "console", struct start_args, launch.console,
                "attach to its console before it runs"),
    OPTION_FLAG('V', "vncviewer", struct start_args, launch.viewer,
                "start a VNC viewer that shows its screen"),
    OPTION_NUMBER('j', "jobs", struct start_args, jobs, KIND_UINT, "N",
                  "of several guests make so many at the same time [4]"),
    OPTION_FLAG('q', "quiet", struct start_args, quiet, "print no warnings"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS("NAME", struct start_args, names, KIND_GUEST, "guests of this host that do not run"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "start web", "start the guest web from the file that describes it" },
    { "start web db --jobs 2", "two guests side by side" },
    { "start -c web", "with its console on this terminal" },
    { NULL, NULL },
};

const struct command cmd_start = {
    .name = "start",
    .group = GROUP_LIFECYCLE,
    .summary = "start stopped guests by their names",
    .description =
        "The file of a guest is the one among " GUESTS_FOLDER "/*.cfg and\n" GUESTS_FOLDER
        "/auto/* that gives it this name. 'xn list --all' shows them.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct start_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
