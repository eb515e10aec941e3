/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One line on stderr that tells how long work goes on. Silent where stderr is no terminal. */
#ifndef XN_OUT_PROGRESS_H
#define XN_OUT_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>

struct progress {
    FILE *stream;
    bool enabled; /* stderr is a terminal, or --progress or -t was given */
    bool dirty;   /* a line is on the screen */
};

void progress_init(struct progress *progress, FILE *stream, bool forced);
/* Replaces the line. The text is made printable and cut to the width of the terminal. */
void progress_show(struct progress *progress, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Wipes the line, so that a message can be printed. */
void progress_clear(struct progress *progress);

#endif
