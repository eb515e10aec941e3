/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The poll loop around libxl; see wait.h. */
#include "xen/wait.h"

#include <errno.h>
#include <libxl_event.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/time.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"

#define TICK_MS 500

static void on_operation_done(libxl_ctx *ctx, int rc, void *for_callback)
{
    struct xen_operation *operation = for_callback;

    (void)ctx;
    operation->rc = rc;
    operation->done = true;
    operation->running = false;
    xen_host_count_operations(operation->host, -1);
}

void xen_operation_init(struct xen_host *host, struct xen_operation *operation)
{
    *operation = (struct xen_operation){ .host = host };
    operation->how.callback = on_operation_done;
    operation->how.u.for_callback = operation;
}

void xen_operation_started(struct xen_operation *operation, int rc)
{
    if (rc) {
        operation->rc = rc;
        operation->done = true;
        return;
    }
    operation->running = !operation->done;
    xen_host_count_operations(operation->host, 1);
}

void xen_operation_abort(struct xen_operation *operation)
{
    if (operation->running)
        (void)libxl_ao_abort(xen_ctx(operation->host), &operation->how);
}

struct poll_set {
    struct pollfd *fds;
    int count; /* in use, ours included */
    int capacity;
    int ours; /* at the front */
};

/* Puts our own descriptors in front; libxl's follow. */
static void poll_set_begin(struct poll_set *set, const struct xen_loop *loop)
{
    if (!set->fds) {
        set->capacity = 16;
        set->fds = xcalloc((size_t)set->capacity, sizeof(*set->fds));
    }
    set->fds[0] =
        (struct pollfd){ .fd = loop->ignore_signals ? -1 : interrupt_fd(), .events = POLLIN };
    set->fds[1] = (struct pollfd){ .fd = loop->extra_fd, .events = POLLIN };
    set->ours = 2;
}

static int poll_set_add_libxl(struct poll_set *set, libxl_ctx *ctx, int *timeout_ms,
                              struct timeval now)
{
    for (;;) {
        int count = set->capacity - set->ours;
        int rc = libxl_osevent_beforepoll(ctx, &count, set->fds + set->ours, timeout_ms, now);

        set->count = set->ours + count;
        if (rc != ERROR_BUFFERFULL)
            return rc;
        set->capacity = set->count + 16;
        set->fds = xreallocarray(set->fds, (size_t)set->capacity, sizeof(*set->fds));
    }
}

static void drain_events(struct xen_host *host, const struct xen_loop *loop)
{
    libxl_event *event;

    /* A loop that expects none leaves them queued for the one that does: they nest. */
    if (!loop->on_event)
        return;
    while (libxl_event_check(xen_ctx(host), &event, LIBXL_EVENTMASK_ALL, NULL, NULL) == 0) {
        loop->on_event(loop->context, event);
        libxl_event_free(xen_ctx(host), event);
    }
}

static int poll_once(struct xen_host *host, const struct xen_loop *loop, struct poll_set *set,
                     struct error **error)
{
    int timeout_ms = deadline_poll_ms(loop->deadline_ms);
    int tick_ms = loop->tick_ms ? (int)loop->tick_ms : TICK_MS;
    struct timeval now;

    if (loop->on_tick && (timeout_ms < 0 || timeout_ms > tick_ms))
        timeout_ms = tick_ms;

    gettimeofday(&now, NULL);
    poll_set_begin(set, loop);
    if (poll_set_add_libxl(set, xen_ctx(host), &timeout_ms, now))
        return error_set(error, ERR_LIBXL, "cannot wait for Xen's events");
    if (poll(set->fds, (nfds_t)set->count, timeout_ms) < 0) {
        if (errno == EINTR)
            return 0;
        return error_set_errno(error, ERR_FAILED, "cannot wait for events");
    }
    gettimeofday(&now, NULL);
    libxl_osevent_afterpoll(xen_ctx(host), set->count - set->ours, set->fds + set->ours, now);
    return 0;
}

int xen_loop_run(struct xen_host *host, const struct xen_loop *loop, enum xen_loop_end *ret_end,
                 struct error **error)
{
    struct poll_set set = { 0 };
    int result = 0;

    for (;;) {
        drain_events(host, loop);
        if (loop->finished(loop->context)) {
            *ret_end = LOOP_FINISHED;
            break;
        }
        if (!loop->ignore_signals && interrupt_signal()) {
            *ret_end = LOOP_SIGNAL;
            break;
        }
        if (deadline_poll_ms(loop->deadline_ms) == 0) {
            *ret_end = LOOP_DEADLINE;
            break;
        }
        result = poll_once(host, loop, &set, error);
        if (result < 0)
            break;
        if (loop->on_tick)
            loop->on_tick(loop->context);
    }
    free(set.fds);
    return result;
}

static bool operation_finished(void *context)
{
    const struct xen_operation *operation = context;

    if (!operation->done && operation->on_round)
        operation->on_round(operation->context);
    return operation->done;
}

static struct xen_loop loop_for(struct xen_operation *operation)
{
    return (struct xen_loop){
        .finished = operation_finished,
        .context = operation,
        .deadline_ms = DEADLINE_NEVER,
        .extra_fd = -1,
    };
}

int xen_operation_finish(struct xen_operation *operation, int *ret_rc, struct error **error)
{
    struct xen_loop loop = loop_for(operation);
    enum xen_loop_end end;

    loop.ignore_signals = true;
    if (xen_loop_run(operation->host, &loop, &end, error) < 0)
        return -1;
    *ret_rc = operation->rc;
    return 0;
}

int xen_operation_wait_until(struct xen_operation *operation, uint64_t deadline_ms,
                             enum xen_loop_end *ret_end, int *ret_rc, struct error **error)
{
    struct xen_loop loop = loop_for(operation);

    loop.deadline_ms = deadline_ms;
    if (xen_loop_run(operation->host, &loop, ret_end, error) < 0)
        return -1;
    if (*ret_end != LOOP_FINISHED)
        xen_operation_abort(operation);
    return xen_operation_finish(operation, ret_rc, error);
}

int xen_operation_wait(struct xen_operation *operation, int *ret_rc, struct error **error)
{
    enum xen_loop_end end;

    return xen_operation_wait_until(operation, DEADLINE_NEVER, &end, ret_rc, error);
}
