/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeping a copy of a running guest on another host, which goes on with it when this one dies. */
#ifndef XN_MIGRATE_REMUS_H
#define XN_MIGRATE_REMUS_H

#include "model/domain.h"
#include "xen/host.h"
#include "xen/remus.h"

struct replicate_options {
    const char *host, *ssh; /* as link_words takes them; host NULL: blackhole */
    const char *program;    /* what it is called on the far side */
    const struct string_list *receiver;
    struct xen_replication settings; /* descriptors and callbacks are not the caller's */
    /* Told twice a second how much has been sent; may be NULL. */
    void (*on_progress)(void *context, uint64_t sent_kib);
    void (*on_line)(void *context, const char *line); /* what the far side says; may be NULL */
    void *context;
};

enum replicate_end {
    REPLICATE_STOPPED,     /* by a signal: the guest runs here, the copy there is gone */
    REPLICATE_FAILED_OVER, /* the guest was destroyed here, so the copy goes on */
    REPLICATE_GUEST_ENDED, /* it has shut down; the copy is gone */
};

/*
 * Replicates the guest until something ends it. Signals must be caught (base/interrupt.h).
 *
 * Whoever loses the other side cannot know whether it is dead or only cut off: the protocol has no
 * judge. So the far side is asked, by another connection, before the guest goes on here after a
 * failure; when it runs there, it stands still here, and the error tells. When nobody answers
 * there, it runs on here.
 */
int guest_replicate(struct xen_host *host, const struct domain *domain,
                    const struct replicate_options *options, enum replicate_end *ret_end,
                    struct error **error);

#endif
