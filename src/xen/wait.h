/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Waiting for libxl: operations that run side by side, events, a deadline, and signals that end the
 * wait. Our own poll loop around libxl's, so nothing sleeps and nothing blocks in a verb.
 */
#ifndef XN_XEN_WAIT_H
#define XN_XEN_WAIT_H

#include "xen/host.h"

/* An asynchronous libxl verb under way: pass &operation->how to the verb. Must stay where it is
 * until done. */
struct xen_operation {
    libxl_asyncop_how how;
    struct xen_host *host;
    bool running;
    bool done;
    int rc; /* of the finished operation, or of the failed start */
    /* Called whenever libxl has come to wait for something; NULL: never. */
    void (*on_round)(void *context);
    void *context;
};

void xen_operation_init(struct xen_host *host, struct xen_operation *operation);
/* Call with what the verb returned at once. */
void xen_operation_started(struct xen_operation *operation, int rc);
/* Asks libxl to give up; the operation still ends through the loop. */
void xen_operation_abort(struct xen_operation *operation);

struct xen_loop {
    /* The loop ends when this says so; asked after every round. */
    bool (*finished)(void *context);
    /* Events that were enabled; the loop frees them. NULL: they stay queued for an outer loop. */
    void (*on_event)(void *context, const libxl_event *event);
    /* Called now and then, to show progress; NULL: never. */
    void (*on_tick)(void *context);
    unsigned tick_ms; /* the longest pause between two such calls; 0: half a second */
    void *context;
    uint64_t deadline_ms; /* clock_ms, DEADLINE_NEVER */
    int extra_fd;         /* also wakes the loop when readable; -1: none */
    bool ignore_signals;  /* go on when a signal comes (clean-up that must be finished) */
};

enum xen_loop_end { LOOP_FINISHED, LOOP_DEADLINE, LOOP_SIGNAL };

/* Runs until finished, deadline or signal (see base/interrupt.h). -1 only when polling fails. */
int xen_loop_run(struct xen_host *host, const struct xen_loop *loop, enum xen_loop_end *ret_end,
                 struct error **error);

/* The plain case: starts nothing, waits for one operation; a signal asks libxl to give up and then
 * waits for that. Returns the operation's rc through *ret_rc. */
int xen_operation_wait(struct xen_operation *operation, int *ret_rc, struct error **error);
/* The same with a deadline (clock_ms), which like a signal asks libxl to give up. *ret_end says
 * what ended the wait; the operation has ended in any case, and it may have succeeded all the same.
 */
int xen_operation_wait_until(struct xen_operation *operation, uint64_t deadline_ms,
                             enum xen_loop_end *ret_end, int *ret_rc, struct error **error);
/* The same, but signals are left for later: for what must not be given up half done. */
int xen_operation_finish(struct xen_operation *operation, int *ret_rc, struct error **error);

#endif
