/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A folder of files that can be made again at any time, each named after what it was made from.
 *
 * Only its owner may have a hand in it: a folder or a file that is somebody else's, or that others
 * may write to, is not used. Several processes may use one at a time.
 */
#ifndef XN_BASE_CACHE_H
#define XN_BASE_CACHE_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/error.h"

struct cache_file {
    char *name;
    uint64_t size_bytes;
    time_t used; /* when it was made or last opened */
};

struct cache_list {
    struct cache_file *files;
    size_t count;
};

#define auto_cache_list __attribute__((cleanup(cache_list_release))) struct cache_list

void cache_list_release(struct cache_list *list);
/* What is in it, last used first. A folder that is not there is empty. ERR_FILE; ERR_REFUSED for
 * one that others can write to. */
int cache_read(const char *folder, struct cache_list *ret_list, struct error **error);
/* A descriptor to read the file, which counts as a use of it. -1: there is none that can be
 * trusted. */
int cache_open(const char *folder, const char *name);
/* Adds a file, whole or not at all, and removes others, those first that were not used for longest,
 * so that all together have at most limit_bytes. Makes the folder, and the one that it is in. Does
 * nothing when the file alone would be too large. ERR_FILE, ERR_REFUSED. */
int cache_add(const char *folder, const char *name, const void *bytes, size_t length,
              uint64_t limit_bytes, struct error **error);
/* Removes all files. ERR_FILE, ERR_REFUSED. */
int cache_clear(const char *folder, struct error **error);

#endif
