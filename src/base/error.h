/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One error: a stable code, a sentence, the cause underneath and what to do next.
 *
 *     int f(..., struct error **error);
 *
 * returns 0 (or a positive value that its header explains) on success and -1 on failure. On
 * failure *error holds an error that the caller frees or passes on; on success it is not touched.
 * Callers add context on the way up with error_wrap. Only main prints.
 *
 * A sentence is lower case, has no full stop, says first what failed and quotes the subject in
 * 'single quotes'. Everything that goes into an error is made printable there, so callers
 * pass guest names, file names and values as they are.
 */
#ifndef XN_BASE_ERROR_H
#define XN_BASE_ERROR_H

#include "base/str.h"

/* Exit statuses; xn(1) documents them. */
enum status {
    STATUS_DONE = 0,
    STATUS_FAILED = 1,
    STATUS_USAGE = 2,
    STATUS_NOT_FOUND = 3,
    STATUS_UNKNOWN = 4,
    STATUS_PARTIAL = 5,
};

/* Codes are part of the JSON contract: rows are added, never renamed. error.c maps each to its
 * name and status. (ERROR_ is libxl's prefix, so ours is ERR_.) */
enum error_code {
    ERR_FAILED = 1,
    ERR_USAGE,
    ERR_CONFIG, /* a configuration file or override is wrong */
    ERR_FILE,   /* a file cannot be read or written */
    ERR_DOMAIN_NOT_FOUND,
    ERR_DEVICE_NOT_FOUND,
    ERR_POOL_NOT_FOUND,
    ERR_NO_XEN,     /* this machine runs no Xen */
    ERR_PERMISSION, /* the host is there, but not for this user */
    ERR_XENSTORE,   /* xenstore does not answer */
    ERR_PARTIAL,    /* done for some of the targets */
    ERR_EXISTS,     /* name, UUID or device already in use */
    ERR_NO_MEMORY,  /* the host has too little free memory */
    ERR_TIMEOUT,
    ERR_REFUSED,       /* xn will not do this, for safety */
    ERR_NOT_SUPPORTED, /* this build, host or guest cannot do it */
    ERR_INTERRUPTED,
    ERR_OUTPUT, /* stdout cannot be written */
    ERR_LIBXL,  /* libxl failed and nothing more precise is known */
};

struct error {
    enum error_code code;
    char *message;             /* printable, one line */
    char *hint;                /* printable, one line, or NULL */
    struct string_list detail; /* printable lines: libxl's own words, or a caret excerpt */
};

const char *error_code_name(enum error_code code);
enum status error_code_status(enum error_code code);
/* STATUS_DONE for NULL. */
enum status error_status(const struct error *error);

/* auto_error error = NULL; is freed when it goes out of scope. */
#define auto_error __attribute__((cleanup(error_clear))) struct error *

/* Each sets *error (which must be NULL before) and returns -1. error itself may be NULL when the
 * caller does not care. */
int error_set(struct error **error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with ": strerror(errno)" behind. */
int error_set_errno(struct error **error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Puts "context: " in front of the message. Returns -1. */
int error_wrap(struct error **error, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Sets the hint unless there is one already. Returns -1. */
int error_hint(struct error **error, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds lines of detail (split at newlines). Returns -1. */
int error_detail(struct error **error, const char *text);

void error_free(struct error *error);
void error_clear(struct error **error);
/* Moves an error to where the caller wants it. Returns -1. */
int error_move(struct error **to, struct error *from);

#endif
