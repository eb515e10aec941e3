/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pausing, unpausing and destroying many domains side by side. */
#include "xen/act.h"

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "xen/change.h"
#include "xen/domain.h"
#include "xen/wait.h"

/* Each destroy costs a child process of libxl's for its duration. */
#define JOBS_DEFAULT 32

static const struct {
    int (*start)(libxl_ctx *ctx, uint32_t domid, const libxl_asyncop_how *how);
    const char *name;
    bool untold; /* Xen tells nobody of it */
} verbs[] = {
    [XEN_PAUSE] = { libxl_domain_pause, "pause", true },
    [XEN_UNPAUSE] = { libxl_domain_unpause, "unpause", true },
    [XEN_DESTROY] = { libxl_domain_destroy, "destroy", false },
};

struct act_job {
    struct outcome *outcome;
    struct xen_operation operation;
    uint64_t started_ms;
    bool ended;
};

struct act {
    struct xen_host *host;
    enum xen_action action;
    struct act_job *jobs;
    size_t count, next, running, limit;
};

static void end_job(struct act *act, struct act_job *job)
{
    int rc = job->operation.rc;
    uint32_t domid = job->outcome->domain.domid;

    if (verbs[act->action].untold)
        xen_change_end(act->host, domid);
    job->ended = true;
    job->outcome->duration_ms = clock_ms() - job->started_ms;
    job->outcome->result = "done";
    if (rc)
        xen_error(act->host, &job->outcome->error, rc, "cannot %s domain %u",
                  verbs[act->action].name, domid);
}

static void start_job(struct act *act, struct act_job *job)
{
    job->started_ms = clock_ms();
    if (interrupt_signal()) {
        error_set(&job->outcome->error, ERR_INTERRUPTED, "interrupted before it was done");
        job->ended = true;
        return;
    }
    if (xen_domain_verify(act->host, &job->outcome->domain, &job->outcome->error) < 0) {
        job->ended = true;
        return;
    }
    if (verbs[act->action].untold)
        xen_change_begin(act->host, job->outcome->domain.domid);
    xen_operation_init(act->host, &job->operation);
    xen_operation_started(&job->operation,
                          verbs[act->action].start(xen_ctx(act->host), job->outcome->domain.domid,
                                                   &job->operation.how));
    act->running++;
}

static void end_finished_jobs(struct act *act)
{
    for (size_t i = 0; i < act->next; i++) {
        if (!act->jobs[i].ended && act->jobs[i].operation.done) {
            end_job(act, &act->jobs[i]);
            act->running--;
        }
    }
}

/* Ends what is done, starts what may start; true when nothing is left. */
static bool advance(void *context)
{
    struct act *act = context;

    end_finished_jobs(act);
    while (act->next < act->count && act->running < act->limit) {
        start_job(act, &act->jobs[act->next++]);
        end_finished_jobs(act); /* some verbs end at once */
    }
    return act->running == 0 && act->next == act->count;
}

int xen_domains_act(struct xen_host *host, enum xen_action action, struct outcome_list *outcomes,
                    unsigned jobs, struct error **error)
{
    auto_free struct act_job *list = xcalloc(outcomes->count, sizeof(*list));
    struct act act = {
        .host = host, .action = action, .jobs = list, .limit = jobs ? jobs : JOBS_DEFAULT
    };
    struct xen_loop loop = {
        .finished = advance,
        .context = &act,
        .deadline_ms = DEADLINE_NEVER,
        .extra_fd = -1,
        .ignore_signals = true, /* advance looks for them: nothing more is started then */
    };
    enum xen_loop_end end;

    for (size_t i = 0; i < outcomes->count; i++)
        if (!outcomes->items[i].error)
            list[act.count++].outcome = &outcomes->items[i];
    xen_log_forget(host);
    return xen_loop_run(host, &loop, &end, error);
}
