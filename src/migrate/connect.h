/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starting a receiver on the other host and knowing that it is one. */
#ifndef XN_MIGRATE_CONNECT_H
#define XN_MIGRATE_CONNECT_H

#include "migrate/link.h"

struct receiver_call {
    const char *host, *ssh;          /* as link_words takes them */
    const struct string_list *words; /* the far side's command */
};

/* Returns when the banner has come: what is written to link->out now reaches a receiver. Otherwise
 * the error says what came instead. ERR_USAGE, ERR_TIMEOUT, ERR_INTERRUPTED, ERR_FAILED. */
int connect_receiver(struct link *link, const struct receiver_call *call,
                     const struct link_patience *patience, struct error **error);

#endif
