/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Asking many guests to shut down or reboot, and waiting for them together.
 *
 * Each guest goes through its own small state machine; all of them are driven by one loop, so the
 * slowest guest decides how long the command takes and the others are asked at once.
 */
#include <libxl_event.h>

#include "base/clock.h"
#include "base/mem.h"
#include "xen/act.h"
#include "xen/domain.h"
#include "xen/wait.h"

enum phase {
    PHASE_ASKING,     /* libxl waits for the guest to take the request */
    PHASE_TRIGGERING, /* no Xen drivers: the ACPI button was pressed */
    PHASE_WAITING,    /* it took the request; now it must stop */
    PHASE_KILLING,    /* it did not obey: being destroyed */
    PHASE_ENDED,
};

struct stop_job {
    struct stop *stop;
    struct outcome *outcome;
    struct xen_operation operation;
    libxl_evgen_domain_death *death;
    enum phase phase;
    bool shut_down; /* events seen; they may come before libxl has seen the guest's answer */
    bool gone;
    bool overdue; /* the deadline has passed and it is to be destroyed */
    uint64_t started_ms;
};

struct stop {
    struct xen_host *host;
    const struct stop_options *options;
    struct stop_job *jobs;
    size_t count;
};

static const char *verb(const struct stop_job *job)
{
    return job->stop->options->reboot ? "reboot" : "shut down";
}

static void tell(const struct stop_job *job, enum stop_event event, int reason)
{
    const struct stop_options *options = job->stop->options;

    if (options->on_event)
        options->on_event(options->context, &job->outcome->domain, event, reason);
}

static void end(struct stop_job *job, const char *result)
{
    job->phase = PHASE_ENDED;
    job->outcome->result = result;
    job->outcome->duration_ms = clock_ms() - job->started_ms;
    if (job->death)
        libxl_evdisable_domain_death(xen_ctx(job->stop->host), job->death);
    job->death = NULL;
}

static void fail(struct stop_job *job, int rc)
{
    xen_error(job->stop->host, &job->outcome->error, rc, "cannot %s domain %u", verb(job),
              job->outcome->domain.domid);
    if (rc == ERROR_NOPARAVIRT)
        error_hint(&job->outcome->error, "-F presses the guest's ACPI %s button instead",
                   job->stop->options->reboot ? "reset" : "power");
    end(job, "failed");
}

static void ask(struct stop_job *job)
{
    libxl_ctx *ctx = xen_ctx(job->stop->host);
    uint32_t domid = job->outcome->domain.domid;

    xen_operation_init(job->stop->host, &job->operation);
    xen_operation_started(&job->operation,
                          job->stop->options->reboot
                              ? libxl_domain_reboot(ctx, domid, &job->operation.how)
                              : libxl_domain_shutdown(ctx, domid, &job->operation.how));
}

/* libxl takes the request back when the guest did not take it within a minute, as one that is just
 * booting. With a deadline of the user's own it is asked until then. */
static bool shall_ask_again(const struct stop_job *job)
{
    uint64_t deadline_ms = job->stop->options->deadline_ms;

    return job->operation.rc == ERROR_TIMEDOUT && job->phase == PHASE_ASKING &&
           deadline_ms != DEADLINE_NEVER && deadline_poll_ms(deadline_ms) > 0;
}

/* libxl would write its request into a part of xenstore that is gone, and make it anew. */
static int check(struct stop_job *job)
{
    struct outcome *outcome = job->outcome;

    if (!outcome->domain.dying)
        return xen_domain_verify(job->stop->host, &outcome->domain, &outcome->error);
    error_set(&outcome->error, ERR_FAILED, "cannot %s domain %u: it is dying already", verb(job),
              outcome->domain.domid);
    return error_hint(&outcome->error, "'xn cleanup' says what holds it");
}

static void start(struct stop_job *job)
{
    libxl_ctx *ctx = xen_ctx(job->stop->host);
    uint32_t domid = job->outcome->domain.domid;

    job->started_ms = clock_ms();
    if (check(job) < 0) {
        end(job, "failed");
        return;
    }
    /* Before the request, so that a guest that is quick cannot be missed. */
    if (job->stop->options->wait != STOP_NO_WAIT) {
        int rc =
            libxl_evenable_domain_death(ctx, domid, (libxl_ev_user)(uintptr_t)job, &job->death);
        if (rc) {
            job->death = NULL;
            fail(job, rc);
            return;
        }
    }
    tell(job, STOP_ASKING, -1);
    ask(job);
}

static void press_button(struct stop_job *job)
{
    libxl_trigger trigger = job->stop->options->reboot ? LIBXL_TRIGGER_RESET : LIBXL_TRIGGER_POWER;

    tell(job, STOP_TRIGGERING, -1);
    job->phase = PHASE_TRIGGERING;
    xen_operation_init(job->stop->host, &job->operation);
    xen_operation_started(&job->operation,
                          libxl_send_trigger(xen_ctx(job->stop->host), job->outcome->domain.domid,
                                             trigger, 0, &job->operation.how));
}

static void kill_guest(struct stop_job *job)
{
    job->phase = PHASE_KILLING;
    xen_operation_init(job->stop->host, &job->operation);
    xen_operation_started(&job->operation,
                          libxl_domain_destroy(xen_ctx(job->stop->host), job->outcome->domain.domid,
                                               &job->operation.how));
}

/* What the guest has come to, if that is what was waited for. */
static const char *reached(const struct stop_job *job)
{
    if (job->gone)
        return "destroyed";
    if (job->shut_down && job->stop->options->wait != STOP_WAIT_GONE)
        return "shut-down";
    return NULL;
}

static void step_killing(struct stop_job *job)
{
    if (job->operation.rc && !job->gone)
        fail(job, job->operation.rc);
    else
        end(job, "killed");
}

/* Moves a job on as far as it goes. Never while an operation runs: it must not be left alone. */
static void step(struct stop_job *job)
{
    if (job->phase == PHASE_ENDED || job->operation.running)
        return;
    if (job->phase == PHASE_KILLING)
        step_killing(job);
    else if (reached(job))
        end(job, reached(job));
    else if (job->overdue)
        kill_guest(job);
    else if (job->operation.rc == ERROR_NOPARAVIRT && job->phase == PHASE_ASKING &&
             job->stop->options->trigger)
        press_button(job);
    else if (shall_ask_again(job))
        ask(job);
    else if (job->operation.rc)
        fail(job, job->operation.rc);
    else if (job->stop->options->wait == STOP_NO_WAIT)
        end(job, "asked");
    else
        job->phase = PHASE_WAITING;
}

static bool all_ended(void *context)
{
    struct stop *stop = context;
    bool ended = true;

    for (size_t i = 0; i < stop->count; i++) {
        step(&stop->jobs[i]);
        ended = ended && stop->jobs[i].phase == PHASE_ENDED;
    }
    return ended;
}

static void on_event(void *context, const libxl_event *event)
{
    struct stop_job *job = (struct stop_job *)(uintptr_t)event->for_user;

    (void)context;
    if (event->type == LIBXL_EVENT_TYPE_DOMAIN_SHUTDOWN) {
        tell(job, STOP_SHUT_DOWN, event->u.domain_shutdown.shutdown_reason);
        job->shut_down = true;
    } else if (event->type == LIBXL_EVENT_TYPE_DOMAIN_DEATH) {
        tell(job, STOP_GONE, -1);
        job->gone = true;
    }
}

/* What the deadline or a signal means for a guest that has not obeyed. */
static void give_up(struct stop_job *job, enum xen_loop_end why)
{
    uint32_t domid = job->outcome->domain.domid;

    if (job->phase == PHASE_ENDED)
        return;
    xen_operation_abort(&job->operation);
    if (why == LOOP_DEADLINE && job->stop->options->force) {
        job->overdue = true;
        return;
    }
    if (why == LOOP_SIGNAL)
        error_set(&job->outcome->error, ERR_INTERRUPTED, "interrupted while waiting for domain %u",
                  domid);
    else
        error_set(&job->outcome->error, ERR_TIMEOUT, "domain %u did not %s in time", domid,
                  verb(job));
    error_hint(&job->outcome->error, "it may still obey later; 'xn destroy' ends it at once");
    end(job, "failed");
}

static int run(struct stop *stop, struct error **error)
{
    struct xen_loop loop = {
        .finished = all_ended,
        .on_event = on_event,
        .context = stop,
        .deadline_ms = stop->options->deadline_ms,
        .extra_fd = -1,
    };
    enum xen_loop_end why;

    if (xen_loop_run(stop->host, &loop, &why, error) < 0)
        return -1;
    if (why == LOOP_FINISHED)
        return 0;
    for (size_t i = 0; i < stop->count; i++)
        give_up(&stop->jobs[i], why);
    loop.deadline_ms = DEADLINE_NEVER;
    loop.ignore_signals = true;
    return xen_loop_run(stop->host, &loop, &why, error);
}

int xen_domains_stop(struct xen_host *host, const struct stop_options *options,
                     struct outcome_list *outcomes, struct error **error)
{
    /* Kept by the host: an operation that did not end by the deadline still points into it. */
    struct stop_job *jobs = xen_host_keep(host, xcalloc(outcomes->count, sizeof(*jobs)));
    struct stop stop = { .host = host, .options = options, .jobs = jobs };

    xen_log_forget(host);
    for (size_t i = 0; i < outcomes->count; i++) {
        if (outcomes->items[i].error)
            continue;
        jobs[stop.count] = (struct stop_job){ .stop = &stop, .outcome = &outcomes->items[i] };
        start(&jobs[stop.count++]);
    }
    return run(&stop, error);
}
