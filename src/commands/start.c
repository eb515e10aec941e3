/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn start: a guest by its name, from the files that this host keeps. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/away.h"
#include "commands/crowd.h"
#include "commands/guests.h"
#include "commands/launch_file.h"
#include "commands/registry.h"
#include "commands/restorer.h"
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

/* One guest: from its configuration, or from the memory that was saved of it. */
struct start_job {
    struct launch_file launch;
    char *saved; /* owned; NULL: from the configuration */
};

/* What to start the guest from. */
static int find_source(const struct starter *starter, const char *name, struct start_job *job,
                       struct error **error)
{
    auto_free char *saved = saved_path(SAVED_FOLDER, name);
    const struct domain *domain = guests_running(&starter->domains, name);
    const struct guest_file *file;

    if (domain)
        return error_set(error, ERR_EXISTS, "'%s' is here already, as domain %u", name,
                         domain->domid);
    if (away_look(SAVED_FOLDER, name, error) != GUEST_HERE)
        return -1;
    if (access(saved, F_OK) == 0) {
        job->launch.file = job->saved = TAKE(saved);
        return 0;
    }
    file = guest_files_find(&starter->files, GUESTS_FOLDER, name, error);
    if (!file)
        return error_hint(error, "a file elsewhere is started by 'xn create FILE'");
    job->launch.file = file->path;
    return 0;
}

static void run_job(void *context, struct xen_host *host, struct outcome *outcome)
{
    const struct start_job *job = context;
    struct launch_file what = job->launch;

    what.host = host;
    if (job->saved)
        (void)restorer_run_saved(&what, outcome);
    else
        (void)launch_file(&what, outcome, &outcome->error);
}

/* One guest is made by this process: its console and its steps are shown here. */
static int start_all(struct starter *starter, struct crowd_job *jobs, size_t count,
                     struct error **error)
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
        run_job(jobs->context, starter->host, jobs->outcome);
    else
        result = crowd_run(&crowd, error);
    interrupt_release();
    return result;
}

/* Returns whether there is something to do. */
static bool prepare_job(struct starter *starter, struct outcome *outcome, struct start_job *source,
                        struct crowd_job *job)
{
    source->launch = (struct launch_file){
        .env = starter->env,
        .host = starter->host,
        .host_config = &starter->host_config,
        .action = "start",
        .options = &starter->args->launch,
        .quiet = starter->args->quiet,
    };
    outcome->result = "failed";
    if (find_source(starter, outcome->target, source, &outcome->error) < 0)
        return false;
    *job = (struct crowd_job){
        .outcome = outcome,
        .run = run_job,
        .context = source,
        .soft_limit_ms = DEADLINE_NEVER,
        .hard_limit_ms = DEADLINE_NEVER,
    };
    return true;
}

static int start(struct starter *starter, struct error **error)
{
    const struct string_list *names = &starter->args->names;
    auto_free struct start_job *sources = xcalloc(names->count, sizeof(*sources));
    auto_free struct crowd_job *jobs = xcalloc(names->count, sizeof(*jobs));
    size_t count = 0;
    int result;

    for (size_t i = 0; i < names->count; i++)
        outcome_list_add(&starter->outcomes, "start", names->items[i]);
    for (size_t i = 0; i < names->count; i++)
        if (prepare_job(starter, &starter->outcomes.items[i], &sources[i], &jobs[count]))
            count++;
    result = count ? start_all(starter, jobs, count, error) : 0;
    for (size_t i = 0; i < names->count; i++)
        free(sources[i].saved);
    return result;
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
        "/auto/* that gives it this name. 'xn list --all' shows them.\n"
        "One whose memory 'xn host stop' has saved runs on from there.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct start_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
