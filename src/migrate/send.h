/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moving a guest to another host so that there is always at most one that runs. */
#ifndef XN_MIGRATE_SEND_H
#define XN_MIGRATE_SEND_H

#include "migrate/link.h"
#include "model/disk_copy.h"
#include "model/domain.h"
#include "xen/host.h"

enum migrate_phase {
    MIGRATE_CONNECTING,
    MIGRATE_COPYING,      /* memory goes over, the guest runs */
    MIGRATE_STOPPED,      /* the guest stands still, the rest goes over */
    MIGRATE_ACKNOWLEDGED, /* the far side has all of it */
    MIGRATE_HANDING_OVER, /* from here on it is the far side's; nothing stops it */
    MIGRATE_ARRIVED,
};

struct migrate_progress {
    enum migrate_phase phase;
    bool is_news; /* the phase has just begun */
    uint64_t elapsed_ms;
    uint64_t memory_kib, sent_kib, rate_kib_s;
    uint64_t taken_kib;     /* what sent_kib stands for: more where it is compressed */
    uint64_t pace_kib_s;    /* at which left_kib becomes less */
    unsigned round;         /* of the copying, from 1 on; 0: not known */
    uint64_t left_kib;      /* of this round */
    uint64_t dirty_kib_s;   /* what the guest wrote meanwhile; of the last whole round */
    uint64_t downtime_ms;   /* how long it has stood still so far */
    uint32_t config_length; /* in the header of the stream */
};

struct migrate_options {
    const char *host, *ssh;             /* as link_words takes them */
    const char *program;                /* what it is called on the far side, for the record */
    const struct string_list *receiver; /* the far side's command */
    const char *config_json;            /* for the far side; NULL: the present one */
    bool keep_domid;
    bool offline; /* stopped before its memory is sent */
    bool debug;
    const struct disk_copies *disks; /* go ahead of its memory (offline); NULL: none */
    bool compress;                   /* the receiver was told to expect that */
    bool abort_if_slow;              /* see max_downtime_ms; looks ahead */
    uint64_t timeout_ms;             /* until the hand-over; UINT64_MAX: none */
    uint64_t max_downtime_ms;        /* from its stop to the hand-over; UINT64_MAX: none */
    uint64_t bandwidth_kib_s;        /* 0: no limit */
    /* Told every half second and at each new phase; may be NULL. */
    void (*on_progress)(void *context, const struct migrate_progress *progress);
    void (*on_line)(void *context, const char *line); /* what the far side says; may be NULL */
    void *context;
};

/*
 * Moves it. On success it runs on the far side, and the copy here is gone. *last is how far it came
 * in any case. Signals must be caught (base/interrupt.h); they count until the hand-over.
 *
 * After a failure the guest runs here as before, or has never stopped to. There are two exceptions,
 * which the message tells: the far side did not answer after the hand-over (then it stands still
 * here, as NAME--migratedaway), or the copy here could not be ended or resumed.
 */
int guest_migrate(struct xen_host *host, const struct domain *domain,
                  const struct migrate_options *options, struct migrate_progress *last,
                  struct error **error);

#endif
