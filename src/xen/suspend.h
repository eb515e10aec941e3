/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Suspending a guest, writing it to a stream, and letting it run on. */
#ifndef XN_XEN_SUSPEND_H
#define XN_XEN_SUSPEND_H

#include "xen/host.h"

struct xen_stream_out {
    int fd;           /* of a file or pipe; blocking */
    bool live;        /* the guest runs while most of it is written */
    bool debug;       /* the receiver compares what it got with what is sent at the end */
    unsigned tick_ms; /* how often on_tick is called; 0: every half second */
    void (*on_tick)(void *context, bool suspended); /* may be NULL */
    /* Asked once a tick: whether to give up, as after a signal. May be NULL. */
    bool (*enough)(void *context);
    void *context;
};

/* Suspends the domain and writes libxl's stream of it. On success the domain is suspended and
 * complete in the stream; on failure it may be either, and xen_domain_resume is needed if it is
 * suspended. After a signal the request to suspend is taken back, or waited for when the guest has
 * answered it, so that it does not suspend later. One that may do so all the same is noted
 * (late.h). ERR_INTERRUPTED, ERR_TIMEOUT when it did not suspend or it was enough, ERR_LIBXL. */
int xen_domain_stream_out(struct xen_host *host, uint32_t domid, const struct xen_stream_out *out,
                          struct error **error);
/* Asks the guest to suspend and waits for it. Fails as xen_domain_stream_out does. */
int xen_domain_suspend(struct xen_host *host, uint32_t domid, struct error **error);
/* Lets a suspended domain run on as if its suspend had been cancelled. Not to be interrupted. */
int xen_domain_resume(struct xen_host *host, uint32_t domid, struct error **error);

#endif
