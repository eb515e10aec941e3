/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Remembering when a guest was restored: a file that is older finds disks that have changed. */
#ifndef XN_MIGRATE_RESTORED_H
#define XN_MIGRATE_RESTORED_H

#include <stddef.h>

/* When the guest of that UUID was last restored, if the file behind fd is older than that, as text
 * ("2026-01-31 12:00:00 UTC"). text is empty when it is newer, no regular file, or nobody
 * remembers. */
void restored_when(int fd, const char *uuid, char *text, size_t size);
/* Remembers that it is restored now from the file behind fd (-1: none), and forgets after a month
 * those whose file is gone. Failing to is no error. */
void restored_note(const char *uuid, int fd);

#endif
