/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checkpoints of a running guest, one after the other, to a receiver: libxl's Remus and COLO. */
#ifndef XN_XEN_REMUS_H
#define XN_XEN_REMUS_H

#include "xen/host.h"

struct xen_replication {
    int send_fd;          /* takes the stream; blocking */
    int recv_fd;          /* what the receiver answers (COLO); -1: none */
    unsigned interval_ms; /* from checkpoint to checkpoint; 0 with colo */
    bool unsafe;          /* the next three are allowed */
    bool blackhole;       /* nobody receives it */
    bool no_netbuf;       /* packets leave before the checkpoint that they are part of */
    bool no_diskbuf;      /* disks are not replicated */
    bool uncompressed;
    bool colo, userspace_proxy;
    const char *script; /* of the network buffer, or COLO's proxy; NULL: libxl's */
    /* Asked twice a second: whether to give up, as after a signal. */
    bool (*enough)(void *context);
    void (*on_tick)(void *context); /* may be NULL */
    void *context;
};

/* Replicates until something ends it. Returns 0 when it was a signal or enough, -1 when it was the
 * receiver, the guest or a failure. The domain may be suspended then, may run, or be gone. */
int xen_domain_replicate(struct xen_host *host, uint32_t domid,
                         const struct xen_replication *replication, struct error **error);

#endif
