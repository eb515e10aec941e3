/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One loop that waits for many domains; see await.h. */
#include "xen/await.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/target.h"
#include "xen/booted.h"
#include "xen/domain.h"
#include "xen/store.h"
#include "xen/wait.h"

#define TOKEN_DOMAINS "domains"

/* How long to the next look when nothing was told: where there is no event, and to be safe. */
#define LOOK_OFTEN_MS  500
#define LOOK_SELDOM_MS 10000

static const char *const domain_events[] = { "@introduceDomain", "@releaseDomain" };

static const struct {
    const char *result;
    const char *not_yet; /* between "'web' " and " yet" */
    bool comes;          /* something that is to come; otherwise something that is to end */
} goals[] = {
    [AWAIT_RUNNING] = { "running", "does not run", true },
    [AWAIT_BOOTED] = { "booted", "has not booted", true },
    [AWAIT_SHUTDOWN] = { "shut-down", "has not shut down", false },
    [AWAIT_DESTROYED] = { "destroyed", "is not gone", false },
};

struct await_job {
    struct outcome *outcome; /* its domain is the one that is meant, once pinned */
    struct target target;
    bool pinned;
    bool ended;
    bool changed; /* the guest has written something that may tell that it is up */
};

struct await {
    struct xen_host *host;
    enum await_goal goal;
    struct xs_handle *store;
    struct await_job *jobs;
    size_t count;
    uint64_t started_ms, looked_ms;
    bool look;           /* something has happened */
    bool eventless;      /* what is waited for may come without an event */
    bool named;          /* the list that is being looked at has names */
    struct error *error; /* the host cannot be asked any more */
};

static void unpin(struct await *await, struct await_job *job)
{
    if (job->pinned && await->goal == AWAIT_BOOTED)
        xen_booted_unwatch(await->host, job->outcome->domain.domid);
    job->pinned = false;
}

/* With job->outcome->error set, result does not matter. */
static void end(struct await *await, struct await_job *job, const char *result)
{
    job->ended = true;
    job->outcome->result = result;
    job->outcome->duration_ms = clock_ms() - await->started_ms;
}

static int pin(struct await *await, struct await_job *job, const struct domain *domain)
{
    domain_release(&job->outcome->domain);
    job->outcome->domain = domain_copy(domain);
    job->pinned = true;
    job->changed = true;
    if (await->goal != AWAIT_BOOTED)
        return 0;
    return xen_booted_watch(await->host, domain->domid, &await->error);
}

static const struct domain *find_pinned(const struct await_job *job, const struct domain_list *list)
{
    const struct domain *wanted = &job->outcome->domain;

    for (size_t i = 0; i < list->count; i++)
        if (list->domains[i].domid == wanted->domid &&
            strcmp(list->domains[i].uuid, wanted->uuid) == 0)
            return &list->domains[i];
    return NULL;
}

static bool any_nameless(const struct domain_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (domain_is_nameless(&list->domains[i]))
            return true;
    return false;
}

/* What a missing domain means for a word that never named one. */
static void step_absent(struct await *await, struct await_job *job, const struct domain_list *list)
{
    if (goals[await->goal].comes)
        return;
    /* One without a name may be this one, half taken away. */
    if (job->target.kind == TARGET_NAME && any_nameless(list))
        await->eventless = true;
    else
        end(await, job, "absent");
}

/* The domain that counted is no more. */
static void step_gone(struct await *await, struct await_job *job)
{
    uint32_t domid = job->outcome->domain.domid;

    unpin(await, job);
    if (!goals[await->goal].comes) {
        end(await, job, "destroyed");
    } else if (job->target.kind == TARGET_NAME) {
        domain_release(&job->outcome->domain); /* perhaps the next one of that name */
    } else {
        error_set(&job->outcome->error, ERR_DOMAIN_NOT_FOUND,
                  "domain %u went away while it was waited for", domid);
        end(await, job, "failed");
    }
}

static int step_booted(struct await *await, struct await_job *job, const struct domain *domain)
{
    bool booted = domain->domid == 0;

    if (domain->shutdown || domain->dying || !job->changed)
        return 0;
    job->changed = false;
    if (!booted && xen_booted(await->host, domain->domid, &booted, &await->error) < 0)
        return -1;
    if (booted) {
        unpin(await, job);
        end(await, job, goals[await->goal].result);
    }
    return 0;
}

static int step_present(struct await *await, struct await_job *job, const struct domain *domain)
{
    bool stopped = domain->shutdown || domain->dying;

    switch (await->goal) {
    case AWAIT_RUNNING:
        if (!stopped && !domain->paused)
            end(await, job, goals[await->goal].result);
        break;
    case AWAIT_SHUTDOWN:
        if (stopped)
            end(await, job, goals[await->goal].result);
        break;
    case AWAIT_DESTROYED:
        /* xenstore lets go of a domain when it begins to die, and tells nothing after that. */
        await->eventless = await->eventless || domain->dying;
        break;
    case AWAIT_BOOTED:
        return step_booted(await, job, domain);
    }
    return 0;
}

static bool needs_names(const struct await *await)
{
    for (size_t i = 0; i < await->count; i++)
        if (!await->jobs[i].ended && !await->jobs[i].pinned &&
            await->jobs[i].target.kind == TARGET_NAME)
            return true;
    return false;
}

static int step(struct await *await, struct await_job *job, const struct domain_list *list)
{
    const struct domain *domain = job->pinned ? find_pinned(job, list) : NULL;
    auto_error problem = NULL;

    if (job->pinned && !domain)
        step_gone(await, job);
    if (job->ended)
        return 0;
    if (!domain) {
        if (job->target.kind == TARGET_NAME && !await->named)
            return 0; /* its domain has just gone: the list is read again */
        domain = target_find(&job->target, list, job->outcome->target, &problem);
        if (problem && problem->code != ERR_DOMAIN_NOT_FOUND) {
            error_move(&job->outcome->error, problem);
            problem = NULL;
            end(await, job, "failed");
        } else if (!domain) {
            step_absent(await, job, list);
        } else if (pin(await, job, domain) < 0) {
            return -1;
        }
    }
    return domain && !job->ended ? step_present(await, job, domain) : 0;
}

/* One question to the hypervisor, and names only as long as somebody is looked for by name. */
static int look_once(struct await *await)
{
    auto_domain_list list = { NULL, 0 };

    await->named = needs_names(await);
    await->eventless = await->goal == AWAIT_RUNNING;
    if (xen_domain_list(await->host, 0, &list, &await->error) < 0 ||
        (await->named && xen_domain_list_names(await->host, &list, &await->error) < 0))
        return -1;
    for (size_t i = 0; i < await->count; i++)
        if (!await->jobs[i].ended && step(await, &await->jobs[i], &list) < 0)
            return -1;
    return 0;
}

static void look(struct await *await)
{
    await->look = false;
    await->looked_ms = clock_ms();
    if (look_once(await) == 0 && !await->named && needs_names(await))
        (void)look_once(await);
}

/* token: the domid of a guest that has written something. */
static void note_change(struct await *await, const char *token)
{
    for (size_t i = 0; i < await->count; i++) {
        struct await_job *job = &await->jobs[i];
        auto_free char *own = xasprintf("%u", job->outcome->domain.domid);

        if (!job->ended && job->pinned && strcmp(own, token) == 0) {
            job->changed = true;
            await->look = true;
        }
    }
}

static void take_events(struct await *await)
{
    char **event;

    while ((event = xs_check_watch(await->store))) {
        if (strcmp(event[XS_WATCH_TOKEN], TOKEN_DOMAINS) == 0)
            await->look = true;
        else
            note_change(await, event[XS_WATCH_TOKEN]);
        free(event);
    }
    if (errno != EAGAIN && !await->error)
        error_set_errno(&await->error, ERR_XENSTORE, "xenstore has gone away");
}

static bool finished(void *context)
{
    struct await *await = context;

    take_events(await);
    if (await->look && !await->error)
        look(await);
    for (size_t i = 0; i < await->count && !await->error; i++)
        if (!await->jobs[i].ended)
            return false;
    return true;
}

static void on_tick(void *context)
{
    struct await *await = context;
    uint64_t pause_ms = await->eventless ? LOOK_OFTEN_MS : LOOK_SELDOM_MS;

    if (clock_ms() - await->looked_ms < pause_ms)
        return;
    await->look = true;
    for (size_t i = 0; i < await->count; i++)
        await->jobs[i].changed = true;
}

static void give_up(struct await *await, enum xen_loop_end why)
{
    for (size_t i = 0; i < await->count; i++) {
        struct await_job *job = &await->jobs[i];
        struct error **error = &job->outcome->error;

        if (job->ended)
            continue;
        if (why == LOOP_SIGNAL)
            error_set(error, ERR_INTERRUPTED, "interrupted while waiting for '%s'",
                      job->outcome->target);
        else if (job->pinned || !goals[await->goal].comes)
            error_set(error, ERR_TIMEOUT, "'%s' %s yet", job->outcome->target,
                      goals[await->goal].not_yet);
        else
            error_set(error, ERR_TIMEOUT, "'%s' has not come", job->outcome->target);
        if (why != LOOP_SIGNAL)
            error_hint(error, "'xn list' shows the domains that are here and their states");
        unpin(await, job);
        end(await, job, "failed");
    }
}

static int run(struct await *await, uint64_t deadline_ms, struct error **error)
{
    struct xen_loop loop = {
        .finished = finished,
        .on_tick = on_tick,
        .context = await,
        .deadline_ms = deadline_ms,
        .extra_fd = xs_fileno(await->store),
    };
    enum xen_loop_end why;

    if (xen_loop_run(await->host, &loop, &why, error) < 0)
        return -1;
    if (await->error)
        return error_move(error, await->error);
    if (why != LOOP_FINISHED)
        give_up(await, why);
    return 0;
}

static int watch_domains(struct await *await, struct error **error)
{
    for (size_t i = 0; i < ARRAY_SIZE(domain_events); i++)
        if (!xs_watch(await->store, domain_events[i], TOKEN_DOMAINS))
            return error_set_errno(error, ERR_XENSTORE, "cannot watch '%s' in xenstore",
                                   domain_events[i]);
    return 0;
}

static void unwatch_all(struct await *await)
{
    for (size_t i = 0; i < ARRAY_SIZE(domain_events); i++)
        (void)xs_unwatch(await->store, domain_events[i], TOKEN_DOMAINS);
    for (size_t i = 0; i < await->count; i++)
        unpin(await, &await->jobs[i]);
}

int xen_domains_await(struct xen_host *host, enum await_goal goal, uint64_t deadline_ms,
                      struct outcome_list *outcomes, struct error **error)
{
    auto_free struct await_job *jobs = xcalloc(outcomes->count, sizeof(*jobs));
    struct await await = {
        .host = host, .goal = goal, .jobs = jobs, .started_ms = clock_ms(), .look = true
    };
    int result;

    if (xen_store(host, &await.store, error) < 0)
        return -1;
    for (size_t i = 0; i < outcomes->count; i++) {
        struct await_job *job = &jobs[await.count];

        if (outcomes->items[i].error)
            continue;
        job->outcome = &outcomes->items[i];
        if (target_parse(job->outcome->target, &job->target, &job->outcome->error) == 0)
            await.count++;
    }
    result = watch_domains(&await, error);
    if (result == 0)
        result = run(&await, deadline_ms, error);
    unwatch_all(&await);
    return result;
}
