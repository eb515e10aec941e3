/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Doing one thing to many domains at once: pause, unpause, destroy, shut down, reboot. */
#ifndef XN_XEN_ACT_H
#define XN_XEN_ACT_H

#include "model/outcome.h"
#include "xen/host.h"

enum xen_action { XEN_PAUSE, XEN_UNPAUSE, XEN_DESTROY };

/* Does it to every outcome that has no error yet, up to jobs at a time (0: a sensible number). Each
 * domain's UUID is checked again right before. Results and errors go into the outcomes; -1 only
 * when the loop itself fails. An interrupt lets running ones end and marks the rest
 * ERR_INTERRUPTED. */
int xen_domains_act(struct xen_host *host, enum xen_action action, struct outcome_list *outcomes,
                    unsigned jobs, struct error **error);

enum stop_wait {
    STOP_NO_WAIT,       /* until the guest has taken the request */
    STOP_WAIT_SHUTDOWN, /* until it has shut down or is gone */
    STOP_WAIT_GONE,     /* until it is gone */
};

enum stop_event { STOP_ASKING, STOP_TRIGGERING, STOP_SHUT_DOWN, STOP_GONE };

struct stop_options {
    bool reboot;  /* ask for a reboot instead of a shutdown */
    bool trigger; /* guests without Xen drivers get the ACPI power (reset) button */
    bool force;   /* destroy what has not obeyed at the deadline */
    enum stop_wait wait;
    uint64_t deadline_ms; /* clock_ms; DEADLINE_NEVER */
    /* Told as things happen, for xl's messages; may be NULL. */
    void (*on_event)(void *context, const struct domain *domain, enum stop_event event, int reason);
    void *context;
};

/* Asks all of them at the same time and waits for all together; a silent guest delays nobody. */
int xen_domains_stop(struct xen_host *host, const struct stop_options *options,
                     struct outcome_list *outcomes, struct error **error);

#endif
