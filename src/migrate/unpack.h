/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading what stands compressed in a file, in the form of frame.h, without its position. */
#ifndef XN_MIGRATE_UNPACK_H
#define XN_MIGRATE_UNPACK_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct unpacker;

/* Of the bytes of a regular file from at, where the preface must be, to end. fd and name, which is
 * for messages, are borrowed. Returns NULL with an error: ERR_FILE, as from all of these, or
 * ERR_NOT_SUPPORTED in an xn that was built without the library. Messages name bytes of the file.
 */
struct unpacker *unpacker_new(int fd, const char *name, off_t at, off_t end, struct error **error);
void unpacker_free(struct unpacker *unpacker);
/* The next length bytes. */
int unpacker_take(struct unpacker *unpacker, void *bytes, size_t length, struct error **error);
/* Unpacks them only to see that they are as they were written. */
int unpacker_skip(struct unpacker *unpacker, uint64_t length, struct error **error);
/* Whether that was all of it, and of the file. */
int unpacker_end(struct unpacker *unpacker, struct error **error);

#endif
