/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moving every guest of this host away, for 'xn evacuate' and 'xn migrate --all'. */
#ifndef XN_COMMANDS_EVACUATE_H
#define XN_COMMANDS_EVACUATE_H

#include "commands/move.h"

struct evacuation {
    struct move_options move;
    const struct string_list *skip; /* checks to pass over */
    const char *order;              /* "largest", "smallest" or "name"; NULL: "largest" */
    uint64_t jobs;                  /* how many at once; 0: one after the other */
    bool keep_going;                /* a failure, or a guest that cannot move, does not stop it */
    bool dry_run;
};

/* Checks all guests first, then moves them, and reports. Returns what common_report does. */
int evacuate(struct env *env, struct evacuation *evacuation, struct error **error);

#endif
