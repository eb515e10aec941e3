/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Looking after guests: waits for their shutdown or death and does what their on_* keys say.
 *
 * One supervisor serves any number of guests with one loop and one connection. It sleeps until
 * something happens.
 */
#ifndef XN_SUPERVISE_SUPERVISOR_H
#define XN_SUPERVISE_SUPERVISOR_H

#include <stdio.h>

#include "config/host_config.h"
#include "model/domain.h"
#include "xen/host.h"

struct supervisor;

/* log: one line per event. host_config is used for rebuilding guests. Both stay the caller's. */
struct supervisor *supervisor_new(struct xen_host *host, const struct host_config *host_config,
                                  FILE *log);
void supervisor_free(struct supervisor *supervisor);

/* Starts looking after a domain; one that is looked after already is left as it is. */
int supervisor_adopt(struct supervisor *supervisor, const struct domain *domain,
                     struct error **error);
/* Adopts every domain that carries xn's mark. */
int supervisor_adopt_marked(struct supervisor *supervisor, struct error **error);
/* A line for each guest: "DOMID UUID SECONDS RESTARTS STATE NAME", the name printable. */
void supervisor_describe(const struct supervisor *supervisor, struct str *text);
size_t supervisor_guest_count(const struct supervisor *supervisor);

struct supervisor_wait {
    int extra_fd; /* on_readable is called when this is readable; -1: none */
    void (*on_readable)(void *context, struct supervisor *supervisor);
    void *context;
    bool until_idle; /* ends when no guest is left */
    bool marks;      /* rebuilt guests get xn's mark */
};

/* Runs until idle (if asked for) or until a signal came. Returns 0 for both; -1 when waiting fails.
 */
int supervisor_run(struct supervisor *supervisor, const struct supervisor_wait *wait,
                   struct error **error);
/* Ends supervisor_run after the round that is under way, and every later one. Workers go on. */
void supervisor_stop(struct supervisor *supervisor);

#endif
