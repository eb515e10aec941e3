/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn host start: which guests are to start, and from what. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "commands/away.h"
#include "commands/host.h"
#include "commands/launch_file.h"
#include "commands/restorer.h"

static bool is_planned(const struct host_steps *steps, const char *name)
{
    for (size_t i = 0; i < steps->count; i++)
        if (strcmp(steps->items[i].name, name) == 0)
            return true;
    return false;
}

/* Its memory is on the disk and it runs: somebody has started it anew, and must decide. */
static void refuse_second(struct host_step *step)
{
    error_set(&step->problem, ERR_REFUSED, "'%s' runs, and its memory is saved in '%s', too",
              step->name, step->file);
    error_hint(&step->problem, "the saved memory no longer fits its disks: remove the file");
}

/* One that was moved away is where it should be; that is told, and no failure. */
static void look_elsewhere(struct host_step *step)
{
    const struct env *env = step->session->env;
    auto_error reason = NULL;
    enum whereabouts where = away_look(step->session->args->save_folder, step->name, &reason);

    if (where == GUEST_UNSURE)
        step->problem = TAKE(reason);
    if (where != GUEST_MOVED)
        return;
    host_step_skip(step, "was moved to another host");
    fprintf(env->err, "%s: host: warning: not started: %s; %s\n", env->program, reason->message,
            reason->hint);
}

static void plan_guest(const struct host_session *session, struct host_steps *steps,
                       const char *name, const char *config)
{
    auto_free char *saved = saved_path(session->args->save_folder, name);
    bool is_saved = access(saved, F_OK) == 0;
    bool runs = guests_running(&session->domains, name) != NULL;
    struct host_step *step = host_step_add(steps, session, name, is_saved ? "restore" : "start",
                                           is_saved ? TAKE(saved) : xstrdup(config));

    if (step->plan.policy.on_stop == ON_STOP_IGNORE)
        host_step_skip(step, "on_stop=ignore");
    else if (guest_file_of_ganeti(GUESTS_FOLDER, name))
        host_step_skip(step, "belongs to ganeti");
    else if (runs && is_saved)
        refuse_second(step);
    else if (runs)
        host_step_skip(step, "running");
    else
        look_elsewhere(step);
}

static void plan_broken(const struct host_session *session, struct host_steps *steps,
                        const struct guest_file *file)
{
    struct host_step *step =
        host_step_add(steps, session, file->link, "start", xstrdup(file->path));

    error_set(&step->problem, file->problem->code, "%s", file->problem->message);
    if (file->problem->hint)
        error_hint(&step->problem, "%s", file->problem->hint);
}

/* Another one in auto with the same name; outside of it there may be a copy. */
static const struct guest_file *find_twin(const struct host_session *session,
                                          const struct guest_file *file)
{
    for (size_t i = 0; i < session->files.count; i++) {
        const struct guest_file *other = &session->files.items[i];

        if (other != file && other->link && other->name && strcmp(other->name, file->name) == 0)
            return other;
    }
    return NULL;
}

static void plan_file(const struct host_session *session, struct host_steps *steps,
                      const struct guest_file *file)
{
    const struct guest_file *twin;

    if (!file->name) {
        plan_broken(session, steps, file);
        return;
    }
    if (is_planned(steps, file->name))
        return;
    plan_guest(session, steps, file->name, file->path);
    twin = find_twin(session, file);
    if (!twin || steps->items[steps->count - 1].plan.reason)
        return;
    error_set(&steps->items[steps->count - 1].problem, ERR_CONFIG,
              "'%s' and '%s' are both configurations of '%s'", file->link, twin->link, file->name);
}

/* Guests that were saved and no longer start with the host run on, too. */
static int plan_saved(const struct host_session *session, struct host_steps *steps,
                      struct error **error)
{
    const char *folder = session->args->save_folder;
    DIR *stream = opendir(folder);
    const struct dirent *entry;

    if (!stream && errno == ENOENT)
        return 0;
    if (!stream)
        return error_set_errno(error, ERR_FILE, "cannot read the folder '%s'", folder);
    while ((entry = readdir(stream))) {
        auto_free char *name = saved_name(entry->d_name);

        if (name && !is_planned(steps, name))
            plan_guest(session, steps, name, NULL);
    }
    closedir(stream);
    return 0;
}

int host_plan_start(const struct host_session *session, struct host_steps *steps,
                    struct error **error)
{
    for (size_t i = 0; i < session->files.count; i++)
        if (session->files.items[i].link)
            plan_file(session, steps, &session->files.items[i]);
    return plan_saved(session, steps, error);
}

void host_do_start(void *context, struct xen_host *host, struct outcome *outcome)
{
    const struct host_step *step = context;
    const struct launch_options options = { .paused = false };
    struct launch_file what = {
        .env = step->session->env,
        .host = host,
        .host_config = &step->session->host_config,
        .action = outcome->action,
        .file = step->file,
        .options = &options,
    };

    if (strcmp(step->plan.action, "restore") == 0)
        (void)restorer_run_saved(&what, outcome);
    else
        (void)launch_file(&what, outcome, &outcome->error);
}
