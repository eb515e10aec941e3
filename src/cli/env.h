/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a command gets to work with besides its own arguments: where to write, how to write it,
 * and what was said before the command's name. There is no global state; this struct travels.
 */
#ifndef XN_CLI_ENV_H
#define XN_CLI_ENV_H

#include <stdbool.h>
#include <stdio.h>

#include "base/output.h"

struct env {
    const char *program; /* "xn" or "xl", for messages */
    bool as_xl;          /* started under the name xl: a drop-in for its callers */
    FILE *out;           /* data */
    FILE *err;           /* messages and progress */
    int verbose;         /* -v, counted: libxl's messages are shown live from 1 on */
    bool dry_run;        /* -N or the command's own --dry-run */
    bool timestamps;     /* -T: libxl's messages carry date and pid */
    bool progress_lines; /* -t: progress overwrites its line even when stderr is no terminal */
    struct output_options output;
};

void env_release(struct env *env);

#endif
