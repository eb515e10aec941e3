/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libxl's suspend and resume; see suspend.h. */
#include "xen/suspend.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "xen/late.h"
#include "xen/mark.h"
#include "xen/store.h"
#include "xen/wait.h"

/* libxl waits 60 s for the guest's answer, and does not always say that it was in vain. */
#define IN_VAIN_MS (55 * 1000)
/* From a guest's answer to its suspend. */
#define SETTLE_MS 2000

struct suspension {
    struct xen_host *host;
    uint32_t domid;
    const struct xen_stream_out *out; /* NULL: it stays in memory */
    struct xen_operation operation;
    uint64_t started_ms;
    bool given_up;
    bool withdrawn; /* the guest had not answered, and will not */
};

static void look(const struct suspension *suspension, libxl_dominfo *info)
{
    libxl_dominfo_init(info);
    if (libxl_domain_info(xen_ctx(suspension->host), info, suspension->domid))
        info->shutdown = true; /* gone is an end, too */
}

static bool has_stopped(const struct suspension *suspension)
{
    libxl_dominfo info;
    bool stopped;

    look(suspension, &info);
    stopped = info.shutdown;
    libxl_dominfo_dispose(&info);
    return stopped;
}

/* Whether the request stood there, unanswered, and was replaced by nothing. */
static bool replace_request(struct xs_handle *store, xs_transaction_t transaction, const char *path)
{
    unsigned length;
    auto_free char *request = xs_read(store, transaction, path, &length);

    return request && strcmp(request, "suspend") == 0 && xs_write(store, transaction, path, "", 0);
}

/* Takes back a request that the guest has not answered. Left there, it would be obeyed later, when
 * nobody waits for the guest any more. Returns whether it was there. */
static bool withdraw(const struct suspension *suspension)
{
    auto_free char *path = xasprintf("/local/domain/%u/control/shutdown", suspension->domid);
    struct xs_handle *store;

    if (xen_store(suspension->host, &store, NULL) < 0)
        return false;
    for (;;) {
        xs_transaction_t transaction = xs_transaction_start(store);
        bool replaced;

        if (transaction == XBT_NULL)
            return false;
        replaced = replace_request(store, transaction, path);
        if (xs_transaction_end(store, transaction, !replaced))
            return replaced;
        if (errno != EAGAIN)
            return false;
    }
}

/* A guest that has said that it will suspend does, and only then it can be resumed: libxl is not
 * stopped before. */
static void give_up(void *context)
{
    struct suspension *suspension = context;
    bool live = suspension->out && suspension->out->live;

    if (suspension->given_up)
        return;
    suspension->withdrawn = suspension->withdrawn || withdraw(suspension);
    if (suspension->withdrawn || live || has_stopped(suspension)) {
        xen_operation_abort(&suspension->operation);
        suspension->given_up = true;
    }
}

static bool is_done(void *context)
{
    return ((struct suspension *)context)->operation.done;
}

static bool finished(void *context)
{
    const struct suspension *suspension = context;
    const struct xen_stream_out *out = suspension->out;

    return suspension->operation.done || (out && out->enough && out->enough(out->context));
}

static void tick(void *context)
{
    const struct suspension *suspension = context;

    suspension->out->on_tick(suspension->out->context, has_stopped(suspension));
}

static bool settled(void *context)
{
    return has_stopped(context);
}

static void no_tick(void *context)
{
    (void)context;
}

/* Giving up a live stream may meet a guest that has just answered: it shall be seen suspended, so
 * that it can be resumed. */
static int settle(struct suspension *suspension, struct error **error)
{
    const struct xen_loop loop = {
        .finished = settled,
        .on_tick = no_tick,
        .tick_ms = 100,
        .context = suspension,
        .deadline_ms = deadline_after(SETTLE_MS),
        .extra_fd = -1,
        .ignore_signals = true,
    };
    enum xen_loop_end end;

    return xen_loop_run(suspension->host, &loop, &end, error);
}

static int watch(struct suspension *suspension, int *ret_rc, struct error **error)
{
    struct xen_loop loop = {
        .finished = finished,
        .on_tick = suspension->out && suspension->out->on_tick ? tick : NULL,
        .tick_ms = suspension->out ? suspension->out->tick_ms : 0,
        .context = suspension,
        .deadline_ms = DEADLINE_NEVER,
        .extra_fd = -1,
    };
    enum xen_loop_end end;

    if (xen_loop_run(suspension->host, &loop, &end, error) < 0)
        return -1;
    if (!suspension->operation.done) {
        give_up(suspension);
        loop.ignore_signals = true;
        loop.finished = is_done;
        loop.on_tick = give_up;
        if (xen_loop_run(suspension->host, &loop, &end, error) < 0 || settle(suspension, error) < 0)
            return -1;
    }
    *ret_rc = suspension->operation.rc;
    return 0;
}

static void explain_failure(const struct suspension *suspension, int rc, struct error **error)
{
    uint32_t domid = suspension->domid;
    libxl_dominfo info;

    if (interrupt_signal()) {
        error_set(error, ERR_INTERRUPTED, "interrupted");
        return;
    }
    if (suspension->given_up) {
        error_set(error, ERR_TIMEOUT, "given up");
        return;
    }
    look(suspension, &info);
    if (rc == ERROR_FAIL && !info.shutdown && clock_ms() - suspension->started_ms >= IN_VAIN_MS)
        rc = ERROR_GUEST_TIMEDOUT;
    if (suspension->out && info.shutdown && info.shutdown_reason == LIBXL_SHUTDOWN_REASON_SUSPEND)
        xen_error(suspension->host, error, rc, "cannot write the memory of domain %u", domid);
    else
        xen_error(suspension->host, error, rc, "cannot suspend domain %u", domid);
    if (rc == ERROR_GUEST_TIMEDOUT && info.paused)
        error_hint(error, "it is paused and cannot answer: xn unpause %u", domid);
    else if (rc == ERROR_GUEST_TIMEDOUT)
        error_hint(error,
                   "is it busy, or without Xen drivers? should it suspend later, the supervisor "
                   "lets it run on, or else 'xn resume %u'",
                   domid);
    libxl_dominfo_dispose(&info);
}

static int flags_of(const struct xen_stream_out *out)
{
    return (out->live ? LIBXL_SUSPEND_LIVE : 0) | (out->debug ? LIBXL_SUSPEND_DEBUG : 0);
}

static int start(struct suspension *suspension)
{
    libxl_ctx *ctx = xen_ctx(suspension->host);
    const struct xen_stream_out *out = suspension->out;
    const libxl_asyncop_how *how = &suspension->operation.how;

    return out ? libxl_domain_suspend(ctx, suspension->domid, out->fd, flags_of(out), how)
               : libxl_domain_suspend_only(ctx, suspension->domid, how);
}

static int run(struct suspension *suspension, struct error **error)
{
    int rc;

    xen_late_forget(suspension->host, suspension->domid);
    xen_log_forget(suspension->host);
    suspension->started_ms = clock_ms();
    xen_operation_init(suspension->host, &suspension->operation);
    xen_operation_started(&suspension->operation, start(suspension));
    if (watch(suspension, &rc, error) < 0)
        return -1;
    /* libxl calls it a success when it has taken back a request that nobody answered. */
    if (rc == 0 && !has_stopped(suspension))
        rc = ERROR_GUEST_TIMEDOUT;
    if (rc == 0)
        return 0;
    explain_failure(suspension, rc, error);
    if (!suspension->withdrawn)
        xen_late_note(suspension->host, suspension->domid);
    return -1;
}

int xen_domain_stream_out(struct xen_host *host, uint32_t domid, const struct xen_stream_out *out,
                          struct error **error)
{
    struct suspension suspension = { .host = host, .domid = domid, .out = out };

    return run(&suspension, error);
}

int xen_domain_suspend(struct xen_host *host, uint32_t domid, struct error **error)
{
    struct suspension suspension = { .host = host, .domid = domid };

    return run(&suspension, error);
}

int xen_domain_resume(struct xen_host *host, uint32_t domid, struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = libxl_domain_resume(xen_ctx(host), domid, 1, NULL);
    if (rc)
        return xen_error(host, error, rc, "cannot let domain %u run on", domid);
    xen_suspended_clear(host, domid);
    xen_late_forget(host, domid);
    return 0;
}
