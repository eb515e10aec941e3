/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What happens on the host, told as it happens. Nothing is asked again and again: watches of
 * xenstore wake this up, and then the domains are compared with what was known of them.
 */
#ifndef XN_XEN_EVENTS_H
#define XN_XEN_EVENTS_H

#include "model/event.h"
#include "xen/host.h"

struct xen_events_options {
    bool present; /* first tell of the domains and devices that are here already */
    /* -1 with *error ends it. */
    int (*on_event)(void *context, const struct event *event, struct error **error);
    void *context;
    int reader_fd; /* also ends when whoever reads from this descriptor goes away; -1: nobody */
};

/* Until a signal comes (base/interrupt.h) or the reader is gone. */
int xen_events_run(struct xen_host *host, const struct xen_events_options *options,
                   struct error **error);

#endif
