/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small steps with files. */
#ifndef XN_BASE_FILE_H
#define XN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Writes all of it, however many steps that takes; signals do not end it. name is for the message.
 * ERR_FILE. */
int file_write(int fd, const char *name, const void *bytes, size_t length, struct error **error);
/* The number that the kernel keeps in a file of sysfs: one line, in base 10 or 16 ("0x" or not).
 * path is relative to folder, an open folder or AT_FDCWD. False when there is no such file or no
 * such number in it. */
bool file_read_uint(int folder, const char *path, int base, uint64_t *ret_number);

#endif
