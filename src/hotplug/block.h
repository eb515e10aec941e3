/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the script block does for a block device or a file that nobody else uses. */
#ifndef XN_HOTPLUG_BLOCK_H
#define XN_HOTPLUG_BLOCK_H

#include <stdio.h>
#include <sys/types.h>

#include "hotplug/job.h"

enum block_mode {
    BLOCK_READ,      /* r */
    BLOCK_WRITE,     /* w */
    BLOCK_UNCHECKED, /* w! */
};

/* Of a node "mode". */
enum block_mode block_parse_mode(const char *text);
/* Whether a line of /proc/mounts counts for who wants the device in that mode. */
bool block_mount_counts(const char *line, enum block_mode mode);

/* add and remove. base is the folder of all disks of this host in xenstore: "backend/vbd". */
enum verdict block_run(const struct job *job, const char *base);

#endif
