/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copies of file disks, ahead of a guest's memory, between two xn that have agreed on it.
 *
 *     "xn-disks1"  number of disks                               number: 32 bits
 *     for each: length of path (32 bits), path, size, used, mode  sizes: 64 bits, mode: 32 bits
 *     for each: pieces of offset (64 bits), length (32 bits), bytes;
 *               the last is offset = size, length 0
 *     "xn-disks."
 *
 * Numbers are little-endian. What no piece covers is a hole.
 */
#ifndef XN_MIGRATE_DISKS_H
#define XN_MIGRATE_DISKS_H

#include <sys/types.h>

#include "base/durable.h"
#include "base/error.h"
#include "model/disk_copy.h"
#include "model/problem.h"

/* Where the bytes go: false when nobody takes them. */
typedef bool (*disks_emit)(void *context, const void *bytes, size_t length);
/* Where they come from: -1 unless all of it came. */
typedef int (*disks_take)(void *context, void *bytes, size_t length, struct error **error);

/* The list alone, and the list with what the files hold. Both end with false when emit did, or a
 * file cannot be read, or is shorter than it was. */
bool disks_send_list(const struct disk_copies *copies, disks_emit emit, void *context);
bool disks_send(const struct disk_copies *copies, disks_emit emit, void *context);

/* Reads a list. ERR_FILE for one that cannot be: nothing is allocated for it. The caller releases
 * ret in any case. */
int disks_receive_list(disks_take take, void *context, struct disk_copies *ret,
                       struct error **error);
/* Adds why this host cannot take one of them: it is there already, has no folder, or no room. */
void disks_check(const struct disk_copies *copies, const char *where,
                 struct problem_list *problems);

/* Files that were received, and are not yet, or already, under their names. */
struct received_disks {
    struct disk_copies list;
    struct durable *files; /* as many as the list has */
    struct {
        dev_t device;
        ino_t inode;
    } * identities;
};

#define auto_received_disks __attribute__((cleanup(disks_release))) struct received_disks

/* Reads list and files into files without names, and brings them to the disk. ERR_EXISTS, ERR_FILE.
 * disks_release drops what is not committed. */
int disks_receive(disks_take take, void *context, struct received_disks *ret, struct error **error);
/* Gives them their names; never one that is taken. After a failure some may have one. */
int disks_commit(struct received_disks *disks, struct error **error);
/* Removes those that have their names: these files, and no others that took the name meanwhile. */
void disks_remove(const struct received_disks *disks);
void disks_release(struct received_disks *disks);

#endif
