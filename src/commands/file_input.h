/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small binary files that commands hand to the hypervisor as they are. */
#ifndef XN_COMMANDS_FILE_INPUT_H
#define XN_COMMANDS_FILE_INPUT_H

#include "base/error.h"

/* The whole of a regular file that is neither empty nor larger than max bytes. ERR_FILE. */
int file_input_read(const char *path, size_t max, struct str *ret_bytes, struct error **error);

#endif
