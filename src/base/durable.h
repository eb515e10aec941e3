/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A file that appears under its name whole and durable, or not at all.
 *
 * What is written stays without a name until it is committed; a process that is killed leaves
 * nothing (where the file system cannot keep files without names: a hidden file beside the
 * target). An older file of the name is replaced in one step and untouched until then. A target
 * that is no regular file (a pipe, a device) is written to directly.
 */
#ifndef XN_BASE_DURABLE_H
#define XN_BASE_DURABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct durable {
    int fd;       /* to write to */
    bool direct;  /* a pipe or device: committing only closes it */
    int folder;   /* private from here on */
    char *path;   /* as given */
    char *name;   /* the last part of it */
    char *hidden; /* the name it has before it is committed; NULL: none yet */
};

#define DURABLE_INIT                                                                               \
    {                                                                                              \
        -1, false, -1, NULL, NULL, NULL                                                            \
    }
#define auto_durable __attribute__((cleanup(durable_abandon))) struct durable

/* mode 0600. Never blocks: a FIFO that nobody reads is an error. A symbolic link, a folder, and in
 * a folder such as /tmp the file of another user are refused. ERR_FILE, ERR_REFUSED. */
int durable_open(struct durable *durable, const char *path, struct error **error);
/* How much space the file system of the target has, in KiB; UINT64_MAX for a direct target. */
int durable_free_kib(const struct durable *durable, uint64_t *ret_kib, struct error **error);
/* Everything is on the disk when this returns 0; after -1 the target is as it was. */
int durable_commit(struct durable *durable, struct error **error);
/* Drops what was not committed. Harmless otherwise. */
void durable_abandon(struct durable *durable);

#endif
