/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether the stream behind the header of a saved guest is whole.
 *
 * Only the frames are looked at, not what is in them: libxl's records (docs/specs/libxl-migration-
 * stream.pandoc in Xen's sources) and, inside them, libxc's (docs/specs/libxc-migration-
 * stream.pandoc). That takes some hundred reads per GiB and no memory of the host. A compressed
 * stream is unpacked for it, which takes as long as that takes.
 */
#ifndef XN_MIGRATE_STREAM_H
#define XN_MIGRATE_STREAM_H

#include <stdbool.h>

#include "base/error.h"

/* Walks from the position of fd, which must be a regular file, to the end of the stream; the
 * position stays. ERR_FILE when the file ends too early or holds what no stream can hold; also when
 * more follows a compressed one, in the form of frame.h. */
int stream_check(int fd, const char *name, bool compressed, struct error **error);

#endif
