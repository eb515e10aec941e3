/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A process that carries bytes between libxl and the link, and lets others see how far it is.
 *
 * libxl reads and writes blocking and says nothing meanwhile; what stands in between can count,
 * hold back and notice that nothing moves any more.
 */
#ifndef XN_MIGRATE_PUMP_H
#define XN_MIGRATE_PUMP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "model/disk_copy.h"

struct pump_gauge;

struct pump {
    int fd; /* our end: written to, or read from; close-on-exec */
    pid_t pid;
    struct pump_gauge *gauge; /* shared with the process */
};

#define PUMP_INIT                                                                                  \
    {                                                                                              \
        .fd = -1                                                                                   \
    }

struct pump_settings {
    uint64_t kib_per_s; /* outwards: no more than this a second; 0: no limit */
    uint64_t idle_ms;   /* inwards: it ends when nothing came for so long */
    bool compressed;    /* the far side's end is in the form of frame.h */
    bool to_end_frame;  /* inwards, compressed: what follows the end frame is not read */
    /* Outwards: sent ahead of all else, as soon as the guest stands still, which a full pipe shows;
     * NULL: none. */
    const struct disk_copies *disks;
};

/* What is written to pump->fd goes to the descriptor to. */
int pump_start_out(struct pump *pump, int to, const struct pump_settings *settings,
                   struct error **error);
/* What comes from the descriptor from can be read at pump->fd. It ends there when the far side
 * ends, and when a compressed stream is damaged or cut off. */
int pump_start_in(struct pump *pump, int from, const struct pump_settings *settings,
                  struct error **error);
/* How much it has passed on, compressed or not, and how much it has taken for that. */
uint64_t pump_bytes(const struct pump *pump);
uint64_t pump_taken_bytes(const struct pump *pump);
/* Why it has ended early, as an errno: of reading or writing, EBADMSG for a compressed stream that
 * is damaged, ENODATA for one that is cut off. 0: it has not, or was killed. */
int pump_failure(const struct pump *pump);
/* Whether it has ended because a disk could not be read. */
bool pump_is_unreadable(const struct pump *pump);
/* For how long it has been trying in vain to pass something on; 0: it is not. */
uint64_t pump_blocked_ms(const struct pump *pump);
/* Closes our end and waits until all is passed on. ERR_TIMEOUT, ERR_INTERRUPTED, or ERR_FAILED when
 * the other end is gone. */
int pump_finish(struct pump *pump, uint64_t deadline_ms, struct error **error);
/* Whether it has ended because the other end is gone. */
bool pump_is_broken(struct pump *pump);
/* Ends it whatever it does. Harmless when there is none. */
void pump_stop(struct pump *pump);

#endif
