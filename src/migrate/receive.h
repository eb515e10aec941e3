/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The far end of a migration: building the guest from what the sender sends. */
#ifndef XN_MIGRATE_RECEIVE_H
#define XN_MIGRATE_RECEIVE_H

#include "config/host_config.h"
#include "model/domain.h"
#include "xen/host.h"

struct receive_options {
    const struct host_config *host_config;
    bool paused;     /* it is not let run at the end */
    bool copy_disk;  /* its disks come first */
    bool compressed; /* the stream comes in the form of frame.h */
    /* Remus or COLO: the guest is let run when its sender is heard no more. */
    libxl_checkpointed_stream checkpoints;
    const char *colo_script; /* NULL: libxl's */
    bool colo_userspace_proxy;
    /* Called with the paused guest before the sender is told that it is whole: sees to it that
     * somebody looks after it. NULL: nobody shall. */
    int (*look_after)(void *context, const struct domain *domain, struct error **error);
    /* Told each step: "Ready to receive domain". May be NULL. */
    void (*on_step)(void *context, const char *text);
    /* Called with the configuration once it is read; may be NULL. */
    int (*on_config)(void *context, const libxl_domain_config *config, struct error **error);
    void *context;
};

/*
 * Receives a guest from in and answers at out, as wire.h says. Signals must be caught
 * (base/interrupt.h); they count until the sender has left the guest to us.
 *
 * When it fails, no copy is left here, whatever happened: only when even destroying it fails, and
 * then the message tells. When the process is killed, its guard sees to the same.
 */
int guest_receive(struct xen_host *host, int in, int out, const struct receive_options *options,
                  struct error **error);

/* Reads the head of a stream, and no more: the configuration of the guest that would come. The
 * caller inited config. */
int receive_config(struct xen_host *host, int in, libxl_domain_config *config,
                   struct error **error);

#endif
