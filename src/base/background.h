/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starting this program once more as a process of its own, which goes on when its starter ends. */
#ifndef XN_BASE_BACKGROUND_H
#define XN_BASE_BACKGROUND_H

#include <stdbool.h>
#include <stddef.h>

#define BACKGROUND_WORDS_MAX 16

/* Runs this program with these words (the first one is its name, count at most
 * BACKGROUND_WORDS_MAX) and "--ready-fd N" behind them: without a terminal, in "/", its output at
 * the end of the file log, which is made with mode 0600. True when it has written a byte to N, as
 * background_ready does; false when it ended without, or could not start. */
bool background_start(const char *const *words, size_t count, const char *log);
/* In that process: tells its starter and closes the descriptor, which becomes -1. Nothing happens
 * when it is -1. */
void background_ready(int *ready_fd);

#endif
