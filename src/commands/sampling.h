/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Samples of the host, once or again and again, as text: what stats and 'top --batch' do alike. */
#ifndef XN_COMMANDS_SAMPLING_H
#define XN_COMMANDS_SAMPLING_H

#include "commands/common.h"
#include "model/usage.h"

struct sampling {
    struct env *env;
    const char *command;               /* "stats", for messages */
    const struct string_list *domains; /* words; none: all */
    uint64_t interval_ms;              /* 0: one sample */
    uint64_t count;                    /* samples to print; 0: until a signal comes */
    bool rates;                        /* begin with the first one that has rates */
    const char *textfile;              /* metrics go to this file; NULL: to env->out */
};

/* The documents, tables or metrics that env->output asks for. Ends well when a signal comes or the
 * reader of a stream goes away. Returns what run of a command does. */
int sampling_run(const struct sampling *sampling, struct error **error);

/* Waits until deadline_ms (clock_ms); false when a signal came first. */
bool sampling_rest(uint64_t deadline_ms);

#endif
