/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The supervisor's log: one line per event. */
#ifndef XN_SUPERVISE_LOG_H
#define XN_SUPERVISE_LOG_H

#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

/* Whom a line is about. */
struct log_subject {
    const char *name; /* untrusted; NULL: none */
    uint32_t domid;
    const char *uuid;
};

/* "2026-01-31T12:00:00Z web (domain 3, UUID): text", whole in one write, so that processes can
 * share the file. */
void log_say(FILE *log, const struct log_subject *subject, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "what: message", then the error's details and hint, a line each. */
void log_say_error(FILE *log, const struct log_subject *subject, const char *what,
                   const struct error *error);

#endif
