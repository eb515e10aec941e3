/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a guest is on this host: the answer that clusters decide by, as plain data. */
#ifndef XN_MODEL_PRESENCE_H
#define XN_MODEL_PRESENCE_H

#include "model/domain.h"
#include "model/target.h"

/* The numbers are the exit statuses of 'xn status', those of the init scripts of the LSB. */
enum presence_status {
    PRESENCE_RUNS = 0,    /* or could: blocked, paused and suspended guests count */
    PRESENCE_DEAD = 1,    /* shut down or dying: it will never run again */
    PRESENCE_ABSENT = 3,  /* certainly not here */
    PRESENCE_UNKNOWN = 4, /* cannot tell */
};

struct presence {
    enum presence_status status;
    char *word;           /* as the guest was named */
    struct domain domain; /* .uuid is "" when there is none, or none for certain */
    char *explanation;    /* PRESENCE_UNKNOWN: why, untrusted; otherwise NULL */
};

void presence_release(struct presence *presence);

/* Decides from all domains of the host with their names (see xen_domain_list_names). word is what
 * target was read from. Never PRESENCE_ABSENT while some domain might be the one that is meant:
 * one copy of a migration under way, two of that name, or one without a name. */
void presence_decide(const char *word, const struct target *target, const struct domain_list *list,
                     struct presence *ret_presence);
/* Makes it PRESENCE_UNKNOWN for this reason. */
void presence_doubt(struct presence *presence, const char *explanation);

/* One line for people. */
void presence_text(const struct presence *presence, struct str *text);

/* For JSON; rows are struct presence. */
extern const struct column_table presence_columns;

#endif
