/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The configuration files that a host keeps: FOLDER/NAME.cfg, and what stands in FOLDER/auto.
 *
 * In the folder itself only names that end in ".cfg" count, in auto every file but hidden ones and
 * what editors and package managers leave beside one. A link in auto to a file of the folder, or
 * two links to one file, make one entry.
 */
#ifndef XN_CONFIG_GUEST_FILES_H
#define XN_CONFIG_GUEST_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

struct guest_file {
    char *name;            /* of the guest; NULL when it cannot be told */
    char *path;            /* the file itself, links resolved */
    char *link;            /* what stands in auto; NULL: it does not start with the host */
    bool is_link;          /* that is a symbolic link */
    struct error *problem; /* ERR_FILE or ERR_CONFIG: why there is no name */
    dev_t device;
    ino_t inode;
};

struct guest_files {
    struct guest_file *items; /* by path */
    size_t count;
};

#define GUEST_FILES_INIT                                                                           \
    {                                                                                              \
        NULL, 0                                                                                    \
    }
#define auto_guest_files __attribute__((cleanup(guest_files_release))) struct guest_files

/* Reads all of them, for their names only. A file that cannot be read has a problem; ERR_FILE when
 * a folder cannot be read. A folder that is missing is empty. */
int guest_files_scan(const char *folder, struct guest_files *ret_files, struct error **error);
void guest_files_release(struct guest_files *files);

/* The one file of the guest. ERR_DOMAIN_NOT_FOUND; ERR_CONFIG when two files have that name. */
const struct guest_file *guest_files_find(const struct guest_files *files, const char *folder,
                                          const char *name, struct error **error);

/* The name that a configuration gives to its guest; the caller frees it. ERR_FILE, ERR_CONFIG. */
int guest_file_name(const char *path, char **ret_name, struct error **error);
/* Whether a file of this name would count in auto. */
bool guest_file_counts(const char *file_name);

/* Whether Ganeti keeps the configuration of this guest in the folder. */
bool guest_file_of_ganeti(const char *folder, const char *name);

#endif
