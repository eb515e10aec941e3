/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn host stop: which guests are to stop, and how. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/away.h"
#include "commands/host.h"
#include "migrate/save.h"
#include "supervise/rebuild.h"
#include "xen/act.h"
#include "xen/await.h"
#include "xen/domain.h"
#include "xen/lock.h"
#include "xen/mark.h"
#include "xen/owner.h"

/* How long whoever looks after a guest may take to clear away what has shut down. */
#define CLEARING_MS 20000

/* It has shut down, and the supervisor may be about to build it again. */
static bool may_come_back(struct xen_host *host, const struct domain *domain)
{
    bool supervised = false;

    return domain->shutdown_reason != SHUTDOWN_SUSPEND &&
           xen_mark_get(host, domain, &supervised, NULL) == 0 && supervised;
}

/* Why it is left alone; NULL: it is ours to stop. */
static const char *reason_to_skip(const struct host_session *session, const struct host_step *step,
                                  const struct domain *domain)
{
    if (step->plan.policy.on_stop == ON_STOP_IGNORE)
        return "on_stop=ignore";
    if (domain->name && guest_file_of_ganeti(GUESTS_FOLDER, domain->name))
        return "belongs to ganeti";
    if (xen_domain_owner(session->host, domain))
        return "belongs to libvirt";
    if (session->args->only_autostart && !host_autostart_file(session, step->name))
        return "no autostart";
    return domain->shutdown && !may_come_back(session->host, domain) ? "has shut down already"
                                                                     : NULL;
}

/* Only guests that start with the host are saved or moved: nothing would bring others back. */
static const char *action_of(const struct host_session *session, const struct domain *domain)
{
    if (!domain->name || !host_autostart_file(session, domain->name))
        return "shutdown";
    switch (autostart_policy_of(&session->table, domain->name).on_stop) {
    case ON_STOP_SAVE:
        return "save";
    case ON_STOP_MIGRATE:
        return "migrate";
    default:
        return "shutdown";
    }
}

static void plan_domain(const struct host_session *session, struct host_steps *steps,
                        const struct domain *domain)
{
    auto_free char *label = domain_label(domain);
    const char *action = action_of(session, domain), *reason;
    bool shutdown = strcmp(action, "shutdown") == 0;
    struct host_step *step =
        host_step_add(steps, session, label, action,
                      shutdown ? NULL : saved_path(session->args->save_folder, domain->name));

    if (strcmp(action, "migrate") == 0) {
        step->plan.host = step->host = xstrdup(autostart_migrate_host(&step->plan.policy));
        step->plan.file = NULL; /* only when it cannot be moved */
    }
    step->domain = domain_copy(domain);
    reason = reason_to_skip(session, step, domain);
    if (reason)
        host_step_skip(step, reason);
}

/* A stub domain ends with its guest; xenstore's own must outlive all others. */
static bool is_guest(const struct domain *domain)
{
    return domain->domid != 0 && !domain->never_stop && !domain->dying && !domain->stubdom;
}

int host_plan_stop(const struct host_session *session, struct host_steps *steps,
                   struct error **error)
{
    (void)error;
    for (size_t i = 0; i < session->domains.count; i++)
        if (is_guest(&session->domains.domains[i]))
            plan_domain(session, steps, &session->domains.domains[i]);
    return 0;
}

/* A note is there before the old domain goes, and its writer holds the lock until the new one is
 * complete. */
static int wait_for_builders(struct error **error)
{
    struct rebuild_list notes;
    int result = 0;

    rebuild_list(&notes);
    for (size_t i = 0; i < notes.count && result == 0; i++) {
        auto_fd int lock = -1;

        result = lock_ending(notes.items[i].uuid, &lock, error);
    }
    free(notes.items);
    return result;
}

static bool is_planned(const struct host_steps *steps, const struct domain *domain)
{
    for (size_t i = 0; i < steps->count; i++)
        if (steps->items[i].domain.domid == domain->domid &&
            strcmp(steps->items[i].domain.uuid, domain->uuid) == 0)
            return true;
    return false;
}

int host_plan_late(struct host_session *session, struct host_steps *steps, struct error **error)
{
    auto_domain_list domains = { NULL, 0 };

    if (wait_for_builders(error) < 0 ||
        xen_domain_list(session->host, DETAIL_NAMES | DETAIL_STUBDOM, &domains, error) < 0)
        return -1;
    for (size_t i = 0; i < domains.count; i++) {
        const struct domain *domain = &domains.domains[i];

        if (!is_guest(domain) || is_planned(steps, domain))
            continue;
        plan_domain(session, steps, domain);
        if (steps->items[steps->count - 1].plan.reason)
            host_step_drop(steps); /* not worth a word: it has been told of */
    }
    return 0;
}

uint64_t host_step_deadline(const struct host_step *step)
{
    uint64_t own_ms = deadline_after(step->plan.timeout_ms);

    return own_ms < step->session->deadline_ms ? own_ms : step->session->deadline_ms;
}

/* Until nothing of it is left, so that the host may go down, or the guest start again. One that is
 * kept on purpose (on_poweroff="preserve") has shut down all the same. */
static void wait_until_cleared(struct xen_host *host, struct outcome *outcome)
{
    auto_outcome_list waiting = { NULL, 0 };
    auto_free char *word = xasprintf("uuid:%s", outcome->domain.uuid);
    auto_error ignored = NULL;

    outcome_list_add(&waiting, "wait", word);
    if (xen_domains_await(host, AWAIT_DESTROYED, deadline_after(CLEARING_MS), &waiting, &ignored) ==
            0 &&
        !waiting.items[0].error)
        outcome->result = "destroyed";
}

static void ask(const struct host_step *step, struct xen_host *host, struct outcome *outcome)
{
    struct stop_options options = {
        .trigger = true,
        .force = step->session->args->force,
        .wait = STOP_WAIT_SHUTDOWN,
        .deadline_ms = host_step_deadline(step),
    };
    struct outcome_list one = { .items = outcome, .count = 1 };
    auto_error problem = NULL;

    if (xen_domains_stop(host, &options, &one, &problem) < 0 && !outcome->error)
        outcome->error = TAKE(problem);
}

static void shut_down(const struct host_step *step, struct xen_host *host, struct outcome *outcome)
{
    outcome->result = "shut-down";
    if (!outcome->domain.shutdown)
        ask(step, host, outcome);
    if (!outcome->error && strcmp(outcome->result, "shut-down") == 0)
        wait_until_cleared(host, outcome);
}

int host_make_folder(const struct host_session *session, struct error **error)
{
    const char *folder = session->args->save_folder;

    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        return 0;
    return error_set_errno(error, ERR_FILE, "cannot make the folder '%s'", folder);
}

static int save(const struct host_step *step, struct xen_host *host, struct outcome *outcome,
                struct error **error)
{
    const struct save_options options = { .end = SAVE_DESTROY };

    if (host_make_folder(step->session, error) < 0 ||
        guest_save(host, &outcome->domain, step->file, &options, error) < 0)
        return -1;
    outcome->result = "saved";
    return 0;
}

/* Takes the problem, which stays one although the guest is stopped. */
static void tell_second_best(struct outcome *outcome, struct error *problem, const char *what)
{
    if (outcome->error) {
        error_detail(&outcome->error, problem->message);
        error_free(problem);
        return;
    }
    outcome->error = problem;
    error_wrap(&outcome->error, "%s", what);
}

/* A guest that cannot be saved is not lost with the host: it is shut down. */
static void save_or_shut_down(const struct host_step *step, struct xen_host *host,
                              struct outcome *outcome)
{
    uint64_t deadline_ms = host_step_deadline(step);
    struct error *problem = NULL;

    if (save(step, host, outcome, &problem) == 0)
        return;
    if (xen_domain_verify(host, &outcome->domain, NULL) < 0 ||
        (problem->code == ERR_INTERRUPTED && deadline_poll_ms(deadline_ms) > 0)) {
        outcome->error = problem;
        return;
    }
    if (problem->code == ERR_INTERRUPTED) { /* by whoever watches the time, not by the user */
        (void)interrupt_take();
        error_clear(&problem);
        error_set(&problem, ERR_TIMEOUT, "it was not written in time");
    }
    shut_down(step, host, outcome);
    tell_second_best(outcome, problem, "shut down instead of saved");
}

/* The same for one that cannot be moved. */
static void move_or_save(const struct host_step *step, struct xen_host *host,
                         struct outcome *outcome)
{
    uint64_t all_ms = step->session->deadline_ms;
    struct error *problem = NULL;
    bool is_here;

    if (host_move(step, host, outcome, &is_here, &problem) == 0)
        return;
    if (!is_here || (problem->code == ERR_INTERRUPTED && deadline_poll_ms(all_ms) > 0)) {
        outcome->error = problem;
        return;
    }
    if (problem->code != ERR_INTERRUPTED) {
        save_or_shut_down(step, host, outcome);
        tell_second_best(outcome, problem, "saved instead of moved");
        return;
    }
    (void)interrupt_take(); /* the time for all is over */
    shut_down(step, host, outcome);
    tell_second_best(outcome, problem, "shut down instead of moved");
}

/* Whatever the guest's on_* keys say, this end is its last. One that stays is given them back. */
static void stop(const struct host_step *step, struct xen_host *host, struct outcome *outcome)
{
    auto_error gone = NULL;

    if (xen_domain_verify(host, &outcome->domain, &gone) < 0 &&
        gone->code == ERR_DOMAIN_NOT_FOUND) {
        outcome->result = "destroyed"; /* or it was built again: the next look finds it */
        return;
    }
    /* It is here, whatever was noted when it left. */
    (void)away_forget(step->session->args->save_folder, step->name, NULL);
    if (xen_stopping_mark(host, &outcome->domain, &outcome->error) < 0)
        return;
    if (strcmp(step->plan.action, "migrate") == 0)
        move_or_save(step, host, outcome);
    else if (strcmp(step->plan.action, "save") == 0)
        save_or_shut_down(step, host, outcome);
    else
        shut_down(step, host, outcome);
    if (outcome->error && xen_domain_verify(host, &outcome->domain, NULL) == 0)
        xen_stopping_clear(host, outcome->domain.domid);
}

void host_do_stop(void *context, struct xen_host *host, struct outcome *outcome)
{
    const struct host_step *step = context;
    uint64_t started_ms = clock_ms();

    outcome->domain = domain_copy(&step->domain);
    stop(step, host, outcome);
    outcome->duration_ms = clock_ms() - started_ms;
}
