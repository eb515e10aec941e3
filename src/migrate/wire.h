/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The messages of the migration protocol, which is xl's: both tools can be at either end.
 *
 *     sender                                 receiver
 *                     <-- banner
 *     header, configuration, stream -->
 *                     <-- ready (the copy is whole, and paused)
 *     go -->                                 from here on only the receiver may let it run
 *                     <-- report, status 0   (it runs)
 *                     <-- report, status, go (it could not be started: the sender may go on)
 */
#ifndef XN_MIGRATE_WIRE_H
#define XN_MIGRATE_WIRE_H

/* Sent without its NUL; the others with it. */
#define WIRE_BANNER      "xl migration receiver ready, send binary domain data.\n"
#define WIRE_READY       "domain received, ready to unpause"
#define WIRE_GO          "domain is yours, you are cleared to unpause"
#define WIRE_REPORT      "my copy unpause results are as follows"

#define WIRE_BANNER_SIZE (sizeof(WIRE_BANNER) - 1)

_Static_assert(WIRE_BANNER_SIZE == 54 && sizeof(WIRE_READY) == 34 && sizeof(WIRE_GO) == 44 &&
                   sizeof(WIRE_REPORT) == 39,
               "the lengths are part of the protocol");

/* The names that a guest has while it is neither quite here nor quite there. */
#define NAME_INCOMING "--incoming"
#define NAME_AWAY     "--migratedaway"

#endif
