/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Remembering which saved guests were restored: a second restore finds disks that have changed. */
#ifndef XN_MIGRATE_RESTORED_H
#define XN_MIGRATE_RESTORED_H

#include <stddef.h>

/* When the file behind fd was restored before, as text ("2026-01-31 12:00:00 UTC"); text is empty
 * when it was not, or nobody remembers. uuid: of the guest. */
void restored_when(int fd, const char *uuid, char *text, size_t size);
/* Remembers that it is restored now. Failing to is no error. */
void restored_note(int fd, const char *uuid);

#endif
