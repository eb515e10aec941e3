/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The screen of 'xn top', on a terminal. In the program xn it is top_start.c, which becomes the
 * program xn-top; there it is top_screen.c. */
#ifndef XN_COMMANDS_TOP_SCREEN_H
#define XN_COMMANDS_TOP_SCREEN_H

#include "commands/common.h"
#include "model/top.h"

struct top_options {
    struct top_view view;          /* at the beginning */
    uint64_t delay_ms, iterations; /* iterations 0: until q is pressed or a signal comes */
};

/* ERR_NOT_SUPPORTED when there is no xn-top, or env->out is no terminal that can be drawn on. */
int top_screen_run(struct env *env, const struct top_options *options, struct error **error);

#endif
