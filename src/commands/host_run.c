/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn host: showing the steps, or doing them, one priority after the other. */
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/host.h"
#include "out/listing.h"
#include "out/message.h"

/* Beyond the time of its own a child may clean up, shut down what it could not save, destroy what
 * does not obey. */
#define GRACE_MS (2 * 60 * 1000)
/* How often a stop looks whether guests have come meanwhile. */
#define ROUNDS_MAX 5

int host_print_plan(const struct host_session *session, const struct host_steps *steps,
                    struct error **error)
{
    const struct env *env = session->env;
    auto_free const void **rows = xcalloc(steps->count, sizeof(*rows));
    struct listing listing = { .table = &plan_columns, .rows = rows };
    enum status status = STATUS_DONE;

    for (size_t i = 0; i < steps->count; i++) {
        if (!steps->items[i].problem) {
            rows[listing.count++] = &steps->items[i].plan;
            continue;
        }
        message_error(env->err, env->output.format, env->program, "host", steps->items[i].problem);
        status = STATUS_PARTIAL;
    }
    if (listing_print(&listing, &env->output, env->out, error) < 0)
        return -1;
    return (int)status;
}

/* The outcome of a step that needs no doing. */
static void settle(const struct host_step *step, struct outcome *outcome)
{
    outcome->result = step->problem                               ? "failed"
                      : strcmp(step->plan.reason, "running") == 0 ? "running"
                                                                  : "skipped";
    outcome->domain = domain_copy(&step->domain);
    if (step->problem) {
        error_set(&outcome->error, step->problem->code, "%s", step->problem->message);
        if (step->problem->hint)
            error_hint(&outcome->error, "%s", step->problem->hint);
    }
}

/* A migration that fails is followed by a save, and a save that fails by a shutdown, each with as
 * much time again. */
static unsigned tries_of(const struct plan_step *plan)
{
    return strcmp(plan->action, "migrate") == 0 ? 3 : strcmp(plan->action, "save") == 0 ? 2 : 1;
}

static struct crowd_job job_of(struct host_step *step, struct outcome *outcome)
{
    bool shutdown = strcmp(step->plan.action, "shutdown") == 0;
    uint64_t limit_ms = step->plan.timeout_ms;
    unsigned tries = tries_of(&step->plan);

    return (struct crowd_job){
        .outcome = outcome,
        .run = host_is_start(step->session->args) ? host_do_start : host_do_stop,
        .context = step,
        .light = shutdown,
        /* A migration and a shutdown mind their time themselves. */
        .soft_limit_ms = shutdown || limit_ms > DEADLINE_NEVER / 4 ? DEADLINE_NEVER
                         : tries == 3                              ? 2 * limit_ms
                                                                   : limit_ms,
        .hard_limit_ms =
            limit_ms > DEADLINE_NEVER / 4 ? DEADLINE_NEVER : tries * limit_ms + GRACE_MS,
    };
}

/* All steps from first on with its priority. Returns their number; *ret_delay_ms is what is to be
 * waited behind them. */
static size_t run_class(struct host_session *session, struct host_steps *steps, size_t first,
                        struct outcome *outcomes, uint64_t *ret_delay_ms, struct error **error)
{
    auto_free struct crowd_job *jobs = xcalloc(steps->count, sizeof(*jobs));
    struct crowd crowd = {
        .env = session->env,
        .host = session->host,
        .action = session->args->verb,
        .jobs = jobs,
        .limit = (unsigned)session->args->jobs,
        .deadline_ms = session->deadline_ms,
        .start_late = !host_is_start(session->args),
    };
    uint64_t priority = steps->items[first].plan.policy.priority;
    size_t end = first;

    for (; end < steps->count && steps->items[end].plan.policy.priority == priority; end++) {
        struct host_step *step = &steps->items[end];

        if (step->problem || step->plan.reason)
            settle(step, &outcomes[end]);
        else
            jobs[crowd.count++] = job_of(step, &outcomes[end]);
    }
    if (crowd_run(&crowd, error) < 0)
        return 0;
    for (size_t i = 0; i < crowd.count; i++) {
        const struct host_step *step = jobs[i].context;

        if (!jobs[i].outcome->error && step->plan.policy.delay_ms > *ret_delay_ms)
            *ret_delay_ms = step->plan.policy.delay_ms;
    }
    return end - first;
}

/* A signal ends it, and so does the time for all. */
static void pause_between(const struct host_session *session, uint64_t delay_ms)
{
    uint64_t end_ms = deadline_after(delay_ms);

    if (session->deadline_ms < end_ms)
        end_ms = session->deadline_ms;
    while (!interrupt_signal() && deadline_poll_ms(end_ms) > 0) {
        struct pollfd signals = { .fd = interrupt_fd(), .events = POLLIN };

        (void)poll(&signals, 1, deadline_poll_ms(end_ms));
    }
}

static bool has_work(const struct host_steps *steps, size_t first)
{
    for (size_t i = first; i < steps->count; i++)
        if (!steps->items[i].problem && !steps->items[i].plan.reason)
            return true;
    return false;
}

static int run_steps(struct host_session *session, struct host_steps *steps, size_t first,
                     struct outcome *outcomes, struct error **error)
{
    uint64_t delay_ms = 0;

    for (size_t count; first < steps->count; first += count) {
        if (host_is_start(session->args) && has_work(steps, first))
            pause_between(session, delay_ms);
        delay_ms = 0;
        count = run_class(session, steps, first, outcomes, &delay_ms, error);
        if (!count)
            return -1;
    }
    return 0;
}

/* A stop looks again behind it, so that nothing runs on that was built meanwhile. */
static int run_rounds(struct host_session *session, struct host_steps *steps,
                      struct outcome_list *outcomes, struct error **error)
{
    size_t first = 0;

    for (int round = 0; round < ROUNDS_MAX; round++) {
        for (size_t i = first; i < steps->count; i++)
            outcome_list_add(outcomes, steps->items[i].plan.action, steps->items[i].name);
        if (run_steps(session, steps, first, outcomes->items, error) < 0)
            return -1;
        first = steps->count;
        if (host_is_start(session->args) || interrupt_signal())
            return 0;
        if (host_plan_late(session, steps, error) < 0)
            return -1;
        if (steps->count == first)
            return 0;
        host_sort(session, steps, first);
    }
    return error_set(error, ERR_FAILED, "guests are started faster than they can be stopped");
}

/* Whoever reads one line of a boot's log must see which guest it is about. */
static void name_guests(const struct host_steps *steps, struct outcome_list *outcomes)
{
    for (size_t i = 0; i < steps->count; i++)
        if (outcomes->items[i].error && !steps->items[i].problem)
            error_wrap(&outcomes->items[i].error, "%s", steps->items[i].name);
}

int host_do_steps(struct host_session *session, struct host_steps *steps, struct error **error)
{
    auto_outcome_list outcomes = { NULL, 0 };
    int result;

    if (interrupt_catch(error) < 0)
        return -1;
    result = run_rounds(session, steps, &outcomes, error);
    interrupt_release();
    if (result < 0)
        return -1;
    name_guests(steps, &outcomes);
    return common_report(session->env, &outcomes, error);
}
