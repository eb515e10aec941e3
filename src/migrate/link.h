/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The connection of a migration: two streams of bytes, and on the sender's side the program that
 * carries them (ssh) with what it and the far side have to say.
 */
#ifndef XN_MIGRATE_LINK_H
#define XN_MIGRATE_LINK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct link {
    int in, out; /* from and to the far side */
    int err;     /* free text of the far side; -1: none */
    pid_t pid;   /* the program that carries it; 0: none */
    struct str unfinished;
    struct string_list said; /* the last lines of that text, printable */
    /* Told each of these lines as it comes; may be NULL. */
    void (*on_line)(void *context, const char *line);
    void *context;
};

#define LINK_INIT                                                                                  \
    {                                                                                              \
        .in = -1, .out = -1, .err = -1                                                             \
    }

/* What a read or write may wait for. */
struct link_patience {
    uint64_t deadline_ms;
    bool heed_signals; /* a signal ends it: ERR_INTERRUPTED */
};

/* The words of the program to start: those of command (divided at blanks), or ssh with keep-alive
 * when it is NULL; then host, then rest. An empty command makes host a line for the shell, as
 * xl's -s '' does, and rest is not used. ERR_USAGE for a host that cannot be one. */
int link_words(const char *command, const char *host, const struct string_list *rest,
               struct string_list *ret_words, struct error **error);
/* Starts the program of these words. Signals of the terminal do not reach it. ERR_FAILED. */
int link_start(struct link *link, const struct string_list *words, struct error **error);
/* Waits until there is something to read, or the end. */
int link_await(struct link *link, const struct link_patience *patience, struct error **error);
/* Reads up to length bytes; fewer only when the stream ends there. Returns their number; -1 with
 * ERR_TIMEOUT, ERR_INTERRUPTED or ERR_FAILED. */
ssize_t link_read(struct link *link, void *bytes, size_t length,
                  const struct link_patience *patience, struct error **error);
/* Writes a message of at most PIPE_BUF bytes, all of it or nothing. */
int link_write(struct link *link, const void *bytes, size_t length,
               const struct link_patience *patience, struct error **error);
/* Reads what the far side says, without waiting. */
void link_listen(struct link *link);
/* Closes both streams and waits a moment for the program, which is killed after that. Returns what
 * waitpid says; 0 without a program. */
int link_close(struct link *link);
/* The same at once, without waiting for the far side. */
void link_cut(struct link *link);
void link_release(struct link *link);
/* Adds what the far side said as detail. Returns -1. */
int link_explain(const struct link *link, struct error **error);

#endif
