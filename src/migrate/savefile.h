/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The head of a saved guest: a file of xn save, and the beginning of a migration stream. Behind it
 * libxl's own stream follows.
 *
 * The layout is xl's (struct save_file_header of tools/xl/xl.h), so that each tool reads the files
 * of the other: 48 bytes in the order of the machine, then the optional data, which begin with
 * the length of the configuration and the configuration itself.
 *
 * With SAVEFILE_COMPRESSED, which only xn knows, the stream stands there in the form of frame.h,
 * with its preface, and nothing follows the end frame.
 */
#ifndef XN_MIGRATE_SAVEFILE_H
#define XN_MIGRATE_SAVEFILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/* Mandatory flags: a reader refuses a file with one that it does not know. */
#define SAVEFILE_CONFIG_JSON UINT32_C(1) /* the configuration is libxl's JSON, not a file */
#define SAVEFILE_STREAM_V2   UINT32_C(2) /* libxl's stream of version 2 */

/* The stream is compressed. The last bit: xl gives its flags away from the first one on. */
#define SAVEFILE_COMPRESSED (UINT32_C(1) << 31)

/* A configuration is far smaller; what claims to be larger is refused before it is read. */
#define SAVEFILE_OPTIONAL_MAX (UINT32_C(4) * 1024 * 1024)

struct savefile_header {
    uint32_t mandatory_flags;
    uint32_t optional_flags;
    uint32_t optional_length; /* of all that stands between header and stream */
    char *config;             /* owned; NULL: there is none in the file */
};

#define auto_savefile_header                                                                       \
    __attribute__((cleanup(savefile_header_release))) struct savefile_header

/* What the header says about the length of this configuration and what belongs to it. */
uint32_t savefile_optional_length(const char *config_json);
/* Writes a header with xl's two flags and this configuration (JSON) at the descriptor's position.
 * flags: 0 or SAVEFILE_COMPRESSED. ERR_FILE, also for a full disk. */
int savefile_write(int fd, const char *name, const char *config_json, uint32_t flags,
                   struct error **error);
/* Reads it and leaves the descriptor at the beginning of the stream. name is for messages. ERR_FILE
 * for what is no saved guest, is cut off, is of another byte order or needs a newer xn; nothing
 * is allocated for a length that cannot be. Release in any case. */
int savefile_read(int fd, const char *name, struct savefile_header *ret, struct error **error);
/* Reads length bytes behind the header, at byte *at, which moves on. The file ends at byte end.
 * ERR_FILE, also for a file that is cut off. */
int savefile_read_at(int fd, const char *name, off_t *at, off_t end, void *bytes, size_t length,
                     struct error **error);
/* The error of a file that ends at byte end and should not. Returns -1. */
int savefile_cut_off(const char *name, long long end, struct error **error);
void savefile_header_release(struct savefile_header *header);

#endif
