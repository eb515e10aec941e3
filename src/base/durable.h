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
#include <stddef.h>
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

/* mode 0600. Never blocks: a FIFO that nobody reads is an error. A folder, a symbolic link to a
 * file, and in a folder such as /tmp whatever another user owns are refused. ERR_FILE, ERR_REFUSED.
 * durable_abandon is needed after a failure, too. */
int durable_open(struct durable *durable, const char *path, struct error **error);
/* A path under which a writer that takes no descriptor can open the file: it stands for fd itself,
 * in this process and in children that inherit fd, creates nothing and can be made to lead nowhere
 * else. What is written through it is committed or dropped like the rest. The caller frees it. */
char *durable_path(const struct durable *durable);
/* How much space the file system of the target has, in KiB; UINT64_MAX for a direct target. */
int durable_free_kib(const struct durable *durable, uint64_t *ret_kib, struct error **error);
/* Brings what was written so far to the disk. It takes as long as that takes. */
int durable_sync(struct durable *durable, struct error **error);
/* Everything is on the disk when this returns 0. After -1 the target is as it was, unless only its
 * folder could not be synced, which the error tells. */
int durable_commit(struct durable *durable, struct error **error);
/* All of that in one go: a file of these bytes. */
int durable_write(const char *path, const void *bytes, size_t length, struct error **error);
/* Drops what was not committed. Harmless otherwise. */
void durable_abandon(struct durable *durable);

#endif
