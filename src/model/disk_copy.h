/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that are disks of a guest and are copied to another host together with it. */
#ifndef XN_MODEL_DISK_COPY_H
#define XN_MODEL_DISK_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk_copy {
    char *path;    /* absolute, the same on both hosts */
    uint64_t size; /* bytes */
    uint64_t used; /* bytes that are no holes: what it needs on a disk, about */
    uint32_t mode; /* permissions */
};

struct disk_copies {
    struct disk_copy *items;
    size_t count;
};

#define auto_disk_copies __attribute__((cleanup(disk_copies_release))) struct disk_copies

/* Adds one, with a copy of the path. A path that is there already is not added again. */
void disk_copies_add(struct disk_copies *copies, const struct disk_copy *copy);
bool disk_copies_have(const struct disk_copies *copies, const char *path);
void disk_copies_release(struct disk_copies *copies);

#endif
