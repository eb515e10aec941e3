/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn host stop: which guests are to stop, and how. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/host.h"
#include "migrate/save.h"
#include "xen/act.h"
#include "xen/await.h"
#include "xen/domain.h"
#include "xen/owner.h"

/* How long whoever looks after a guest may take to clear away what has shut down. */
#define CLEARING_MS 20000

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
    return domain->shutdown ? "has shut down already" : NULL;
}

static void plan_domain(const struct host_session *session, struct host_steps *steps,
                        const struct domain *domain)
{
    auto_free char *label = domain_label(domain);
    bool automatic = domain->name && host_autostart_file(session, domain->name);
    bool save =
        automatic && autostart_policy_of(&session->table, domain->name).on_stop == ON_STOP_SAVE;
    struct host_step *step =
        host_step_add(steps, session, label, save ? "save" : "shutdown",
                      save ? saved_path(session->args->save_folder, domain->name) : NULL);
    const char *reason = reason_to_skip(session, step, domain);

    step->domain = domain;
    if (reason)
        host_step_skip(step, reason);
}

int host_plan_stop(const struct host_session *session, struct host_steps *steps,
                   struct error **error)
{
    (void)error;
    for (size_t i = 0; i < session->domains.count; i++) {
        const struct domain *domain = &session->domains.domains[i];

        /* A stub domain ends with its guest; xenstore's own must outlive all others. */
        if (domain->domid != 0 && !domain->never_stop && !domain->dying &&
            !xen_domain_is_stubdom(session->host, domain))
            plan_domain(session, steps, domain);
    }
    return 0;
}

static uint64_t step_deadline(const struct host_step *step)
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

static void shut_down(const struct host_step *step, struct xen_host *host, struct outcome *outcome)
{
    struct stop_options options = {
        .trigger = true,
        .force = step->session->args->force,
        .wait = STOP_WAIT_SHUTDOWN,
        .deadline_ms = step_deadline(step),
    };
    struct outcome_list one = { .items = outcome, .count = 1 };
    auto_error problem = NULL;

    if (xen_domains_stop(host, &options, &one, &problem) < 0 && !outcome->error)
        outcome->error = TAKE(problem);
    if (!outcome->error && strcmp(outcome->result, "shut-down") == 0)
        wait_until_cleared(host, outcome);
}

static int make_folder(const char *folder, struct error **error)
{
    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        return 0;
    return error_set_errno(error, ERR_FILE, "cannot make the folder '%s'", folder);
}

static int save(const struct host_step *step, struct xen_host *host, struct outcome *outcome,
                struct error **error)
{
    const struct save_options options = { .end = SAVE_DESTROY };

    if (make_folder(step->session->args->save_folder, error) < 0 ||
        guest_save(host, &outcome->domain, step->file, &options, error) < 0)
        return -1;
    outcome->result = "saved";
    return 0;
}

/* A guest that cannot be saved is not lost with the host: it is shut down. */
static void save_or_shut_down(const struct host_step *step, struct xen_host *host,
                              struct outcome *outcome)
{
    uint64_t deadline_ms = step_deadline(step);
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
    if (outcome->error) {
        error_detail(&outcome->error, problem->message);
        error_free(problem);
        return;
    }
    outcome->error = problem;
    error_wrap(&outcome->error, "shut down instead of saved");
}

void host_do_stop(void *context, struct xen_host *host, struct outcome *outcome)
{
    const struct host_step *step = context;
    uint64_t started_ms = clock_ms();

    outcome->domain = domain_copy(step->domain);
    if (strcmp(step->plan.action, "save") == 0)
        save_or_shut_down(step, host, outcome);
    else
        shut_down(step, host, outcome);
    outcome->duration_ms = clock_ms() - started_ms;
}
