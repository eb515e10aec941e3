/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The life of one guest in the foreground; see session.h. */
#include "supervise/session.h"

#include <libxl_event.h>
#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "model/outcome.h"
#include "supervise/core.h"
#include "supervise/policy.h"
#include "xen/act.h"
#include "xen/core.h"
#include "xen/domain.h"
#include "xen/life.h"
#include "xen/wait.h"

/* What the guest said last is still on its way through xenconsoled and the client. */
#define DRAIN_MS 500

/* A signal aborts libxl's destruction; it is begun again. */
#define DESTROY_TRIES 5

struct session {
    struct xen_host *host;
    const struct domain *domain;
    struct console_child *console;
    const struct session_options *options;
    struct session_end *end;
    struct xen_death_watch *watch;
    bool suspended; /* it may run on, or be saved and destroyed */
    bool ended;
    struct error *error;
};

static void __attribute__((format(printf, 2, 3)))
tell(const struct session *session, const char *format, ...)
{
    auto_free char *text = NULL, *line = NULL;
    va_list args;

    va_start(args, format);
    text = xvasprintf(format, args);
    va_end(args);
    line = printable(text);
    session->options->tell(session->options->context, line);
}

static const char *name_of(const struct session *session)
{
    return session->domain->name ? session->domain->name : session->domain->uuid;
}

static void on_event(void *context, const libxl_event *event)
{
    struct session *session = context;

    if (event->domid != session->domain->domid || session->ended)
        return;
    if (event->type == LIBXL_EVENT_TYPE_DOMAIN_DEATH) {
        session->ended = session->end->gone = true;
        if (session->suspended)
            session->end->reason = SHUTDOWN_SUSPEND;
    } else if (event->type == LIBXL_EVENT_TYPE_DOMAIN_SHUTDOWN) {
        int reason = event->u.domain_shutdown.shutdown_reason;

        session->suspended = reason == SHUTDOWN_SUSPEND;
        if (!session->suspended) {
            session->end->reason = reason;
            session->ended = true;
        } else if (xen_death_rewatch(session->host, session->domain->domid, 0, &session->watch,
                                     &session->error) < 0) {
            session->ended = true;
        }
    }
}

/* Is it there, and the same? */
static bool look(const struct session *session, struct domain *now)
{
    if (xen_domain_get(session->host, session->domain->domid, now, NULL) < 0)
        return false;
    if (strcmp(now->uuid, session->domain->uuid) == 0)
        return true;
    domain_release(now);
    return false;
}

/* Neither the end of a suspend nor the end of a child process is an event of libxl. */
static void on_tick(void *context)
{
    struct session *session = context;
    bool left = session->console->pid && xen_console_child_has_ended(session->console);
    struct domain now = { 0 };

    if ((!left && !session->suspended) || !look(session, &now))
        return;
    if (!now.shutdown && !now.dying) {
        session->suspended = false;
        if (left)
            tell(session,
                 "the console was left; '%s' (domain %u) goes on until it ends or this command "
                 "is interrupted",
                 name_of(session), now.domid);
    }
    domain_release(&now);
}

static bool has_ended(void *context)
{
    return ((struct session *)context)->ended;
}

static bool at_once(void *context)
{
    (void)context;
    return true;
}

static void drop_event(void *context, const libxl_event *event)
{
    (void)context, (void)event;
}

/* Gives the domain's events to whoever watches next: those that wait in libxl carry our mark. */
static void stop_watching(struct session *session)
{
    struct xen_loop loop = { .finished = at_once, .on_event = drop_event, .extra_fd = -1 };
    enum xen_loop_end end;

    xen_death_unwatch(session->host, session->watch);
    session->watch = NULL;
    (void)xen_loop_run(session->host, &loop, &end, NULL);
}

/* A signal came: asks the guest to shut down. What it does not obey the destruction that follows
 * ends. */
static void ask_to_stop(struct session *session)
{
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome = outcome_list_add(&outcomes, "shutdown", name_of(session));
    struct stop_options options = {
        .trigger = true,
        .wait = STOP_WAIT_SHUTDOWN,
        .deadline_ms = deadline_after(session->options->grace_ms),
    };
    auto_error ignored = NULL;

    session->end->signal = interrupt_take();
    stop_watching(session);
    tell(session, "asking '%s' (domain %u) to shut down; once more destroys it at once",
         name_of(session), session->domain->domid);
    outcome->domain = domain_copy(session->domain);
    (void)xen_domains_stop(session->host, &options, &outcomes, &ignored);
    if (outcome->error)
        tell(session, "%s; destroying it", outcome->error->message);
}

/* For a guest that has shut down. A core that cannot be written is told, no more. */
static void dump_core(const struct session *session, int reason)
{
    static const struct core_options options = { .on_progress = NULL };
    auto_free char *path = NULL;
    auto_error error = NULL;
    libxl_domain_config config;

    libxl_domain_config_init(&config);
    if (xen_life_config(session->host, session->domain->domid, &config, &error) == 0 &&
        policy_dumps_core(policy_action(&config, reason))) {
        path = core_path(name_of(session));
        if (xen_core_dump(session->host, session->domain, path, &options, &error) == 0)
            tell(session, "core dumped to '%s'", path);
    }
    if (error)
        tell(session, "%s", error->message);
    libxl_domain_config_dispose(&config);
}

static bool client_has_ended(void *context)
{
    return xen_console_child_has_ended(((struct session *)context)->console);
}

static void drain_console(struct session *session)
{
    struct xen_loop loop = {
        .finished = client_has_ended,
        .context = session,
        .deadline_ms = deadline_after(DRAIN_MS),
        .extra_fd = -1,
    };
    enum xen_loop_end end;

    (void)xen_loop_run(session->host, &loop, &end, NULL);
}

/* Whatever signals come now, it must not stay. */
static int destroy(struct session *session, struct error **error)
{
    for (int tries = 1;; tries++) {
        auto_error problem = NULL;
        struct domain now = { 0 };

        if (!look(session, &now))
            return 0;
        domain_release(&now);
        (void)interrupt_take();
        if (xen_life_destroy(session->host, session->domain->domid, &problem) == 0)
            return 0;
        if (problem->code == ERR_DOMAIN_NOT_FOUND)
            return 0;
        if (tries == DESTROY_TRIES || !interrupt_signal()) {
            error_move(error, TAKE(problem));
            return error_hint(error, "'xn destroy %u' tries it again", session->domain->domid);
        }
    }
}

/* Takes away what is left, after its last words and its core. */
static int clean_up(struct session *session, struct error **error)
{
    struct domain now = { 0 };

    if (look(session, &now)) {
        bool stopped = now.shutdown && now.shutdown_reason != SHUTDOWN_SUSPEND;

        if (stopped) {
            session->end->reason = now.shutdown_reason;
            drain_console(session);
            dump_core(session, now.shutdown_reason);
        }
        domain_release(&now);
    }
    return destroy(session, error);
}

static int live(struct session *session, struct error **error)
{
    struct xen_loop loop = {
        .finished = has_ended,
        .on_event = on_event,
        .on_tick = on_tick,
        .context = session,
        .deadline_ms = DEADLINE_NEVER,
        .extra_fd = -1,
    };
    enum xen_loop_end end;

    if (xen_death_watch(session->host, session->domain->domid, 0, &session->watch, error) < 0 ||
        xen_life_unpause(session->host, session->domain->domid, error) < 0 ||
        xen_loop_run(session->host, &loop, &end, error) < 0)
        return -1;
    if (session->error)
        return error_move(error, TAKE(session->error));
    if (end == LOOP_SIGNAL)
        ask_to_stop(session);
    return 0;
}

int session_run(struct xen_host *host, const struct domain *domain, struct console_child *console,
                const struct session_options *options, struct session_end *end,
                struct error **error)
{
    struct session session = {
        .host = host, .domain = domain, .console = console, .options = options, .end = end
    };
    auto_error second = NULL;
    int result;

    *end = (struct session_end){ .reason = SHUTDOWN_UNKNOWN };
    result = live(&session, error);
    xen_death_unwatch(host, session.watch);
    if (clean_up(&session, &second) < 0 && result == 0)
        result = error_move(error, TAKE(second));
    xen_console_child_end(console);
    return result;
}
