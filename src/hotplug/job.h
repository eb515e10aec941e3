/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One call of a hotplug script by libxl, and xenstore as such a script uses it.
 *
 * The ways of this program are those on which all goes well. Whatever is in the way, it leaves the
 * host as it found it and hands the whole job to the script, which has the words for it.
 */
#ifndef XN_HOTPLUG_JOB_H
#define XN_HOTPLUG_JOB_H

#include <stdbool.h>
#include <xenstore.h>

enum verdict {
    JOB_DONE,
    JOB_FOR_SCRIPT, /* nothing was changed, or all of it was taken back */
    JOB_BROKEN,     /* something was changed and stays; xenstore says what */
};

struct job {
    const char *script;  /* its path: what libxl believes to run */
    const char *command; /* "online", "add" ... */
    const char *type;    /* "vif" or "tap" of a network interface; NULL: a disk */
    const char *path;    /* of the backend: "backend/vif/3/0" */
    struct xs_handle *store;
};

/* The text of a node that the caller frees, NULL when it is not there. False: nobody can tell. */
bool job_read(const struct job *job, char **ret_value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool job_write(const struct job *job, const char *value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The sentence that libxl and its callers show, where a script leaves it. Returns JOB_BROKEN. */
enum verdict job_broken(const struct job *job, const char *sentence);

#endif
