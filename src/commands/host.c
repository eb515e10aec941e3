/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn host: starting the guests of this host, and stopping them, in their order. */
#include "commands/host.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "commands/registry.h"
#include "xen/domain.h"
#include "xen/lock.h"

bool host_is_start(const struct host_args *args)
{
    return strcmp(args->verb, "start") == 0;
}

static uint64_t timeout_of(const struct host_session *session, const struct plan_step *plan)
{
    if (plan->policy.timeout_ms != AUTOSTART_UNSET)
        return plan->policy.timeout_ms;
    if (session->args->timeout_ms != DEADLINE_NEVER)
        return session->args->timeout_ms;
    return strcmp(plan->action, "start") == 0 || strcmp(plan->action, "shutdown") == 0
               ? HOST_OTHER_MS
               : HOST_MEMORY_MS;
}

struct host_step *host_step_add(struct host_steps *steps, const struct host_session *session,
                                const char *name, const char *action, char *file)
{
    struct host_step *step;

    steps->items = xreallocarray(steps->items, steps->count + 1, sizeof(*steps->items));
    step = &steps->items[steps->count++];
    *step = (struct host_step){ .name = xstrdup(name), .file = file, .session = session };
    step->plan = (struct plan_step){
        .name = step->name,
        .action = action,
        .file = file,
        .policy = autostart_policy_of(&session->table, name),
    };
    step->plan.timeout_ms = timeout_of(session, &step->plan);
    return step;
}

void host_step_drop(struct host_steps *steps)
{
    struct host_step *step = &steps->items[--steps->count];

    free(step->name);
    free(step->file);
    free(step->host);
    domain_release(&step->domain);
    error_clear(&step->problem);
}

void host_step_skip(struct host_step *step, const char *reason)
{
    step->plan.action = "skip";
    step->plan.reason = reason;
}

void host_add_table_problems(struct host_steps *steps, const struct host_session *session)
{
    auto_free char *path = guests_table_path(GUESTS_FOLDER);

    for (size_t i = 0; i < session->table.count; i++) {
        struct error *problem = session->table.entries[i].problem;
        struct host_step *step;

        if (!problem)
            continue;
        step = host_step_add(steps, session, path, "read", xstrdup(path));
        error_set(&step->problem, problem->code, "%s", problem->message);
        if (problem->hint)
            error_hint(&step->problem, "%s", problem->hint);
    }
}

const struct guest_file *host_autostart_file(const struct host_session *session, const char *name)
{
    for (size_t i = 0; i < session->files.count; i++) {
        const struct guest_file *file = &session->files.items[i];

        if (file->link && file->name && strcmp(file->name, name) == 0)
            return file;
    }
    return NULL;
}

static int compare_start(const void *a, const void *b)
{
    return plan_step_compare(&((const struct host_step *)a)->plan,
                             &((const struct host_step *)b)->plan);
}

static int compare_stop(const void *a, const void *b)
{
    return compare_start(b, a);
}

void host_sort(const struct host_session *session, struct host_steps *steps, size_t first)
{
    if (steps->count > first)
        qsort(steps->items + first, steps->count - first, sizeof(*steps->items),
              host_is_start(session->args) ? compare_start : compare_stop);
}

static int go(struct host_session *session, struct host_steps *steps, struct error **error)
{
    bool start = host_is_start(session->args);
    auto_fd int lock = -1;

    if ((start ? host_plan_start : host_plan_stop)(session, steps, error) < 0)
        return -1;
    host_add_table_problems(steps, session);
    host_sort(session, steps, 0);
    if (session->args->dry_run || session->env->dry_run)
        return host_print_plan(session, steps, error);
    if (!start && lock_stopping(&lock, error) < 0)
        return -1;
    return host_do_steps(session, steps, error);
}

static void steps_release(struct host_steps *steps)
{
    while (steps->count)
        host_step_drop(steps);
    free(steps->items);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct host_args *args = data;
    struct host_session session = {
        .env = env,
        .args = args,
        .deadline_ms = deadline_after(args->limit_ms),
    };
    struct host_steps steps = { NULL, 0 };
    int result = -1;

    if (common_open_host(env, &session.host, error) == 0 &&
        common_host_config(env, &session.host_config, error) == 0 &&
        guest_files_scan(GUESTS_FOLDER, &session.files, error) == 0 &&
        guests_read_table(GUESTS_FOLDER, &session.table, error) == 0 &&
        xen_domain_list(session.host, DETAIL_NAMES | DETAIL_STUBDOM, &session.domains, error) == 0)
        result = go(&session, &steps, error);
    steps_release(&steps);
    domain_list_release(&session.domains);
    autostart_table_release(&session.table);
    guest_files_release(&session.files);
    host_config_release(&session.host_config);
    xen_host_close(session.host);
    return result;
}

static void prepare(void *data)
{
    struct host_args *args = data;

    args->timeout_ms = DEADLINE_NEVER;
    args->limit_ms = DEADLINE_NEVER;
    args->save_folder = SAVED_FOLDER;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct host_args *args = data;

    (void)env;
    if (!host_is_start(args) || (!args->force && !args->only_autostart))
        return 0;
    return error_set(error, ERR_USAGE, "%s is for 'host stop'",
                     args->force ? "--force" : "--only-autostart");
}

static const char *const verbs[] = { "start", "stop", NULL };

static const struct option_spec options[] = {
    OPTION_FLAG('n', "dry-run", struct host_args, dry_run, "only print what would be done"),
    OPTION_NUMBER(0, "timeout", struct host_args, timeout_ms, KIND_DURATION, "TIME",
                  "for a guest whose settings name none [2m, 10m for its memory]"),
    OPTION_NUMBER(0, "limit", struct host_args, limit_ms, KIND_DURATION, "TIME",
                  "for all guests together"),
    OPTION_NUMBER('j', "jobs", struct host_args, jobs, KIND_UINT, "N",
                  "start, save, restore or move so many at the same time [4]"),
    OPTION_FLAG(0, "force", struct host_args, force,
                "stop: destroy guests that have not obeyed in time"),
    OPTION_FLAG(0, "only-autostart", struct host_args, only_autostart,
                "stop: leave guests alone that do not start with the host"),
    OPTION_TEXT(0, "save-dir", struct host_args, save_folder, KIND_FILE, "DIR",
                "where the memory of guests is saved"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT_WORD("ACTION", struct host_args, verb, verbs, "start or stop"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "host start", "start all guests of /etc/xen/auto that do not run" },
    { "host stop --dry-run", "what would be done with which guest, in which order" },
    { "host stop --timeout 90s --force", "stop all guests; destroy what does not obey" },
    { NULL, NULL },
};

const struct command cmd_host = {
    .name = "host",
    .group = GROUP_HOST,
    .summary = "start or stop the guests of this host in their order",
    .description = "Guests of one priority start side by side, the lowest priority first; they\n"
                   "stop the other way round. 'xn autostart' says which guests start, when, and\n"
                   "whether they are shut down, saved or moved to another host. Guests of libvirt\n"
                   "and Ganeti, and those with on_stop=ignore, are left alone.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct host_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check,
    .run = run,
};
