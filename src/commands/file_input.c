/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading a file as a whole; see file_input.h. */
#include "commands/file_input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

int file_input_read(const char *path, size_t max, struct str *bytes, struct error **error)
{
    /* A FIFO must not make it wait. */
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char part[65536];
    struct stat status;
    ssize_t got;

    if (fd < 0 || fstat(fd, &status) < 0)
        return error_set_errno(error, ERR_FILE, "cannot read '%s'", path);
    if (!S_ISREG(status.st_mode))
        return error_set(error, ERR_FILE, "'%s' is no regular file", path);
    while ((got = read(fd, part, sizeof(part))) != 0) {
        if (got < 0 && errno != EINTR)
            return error_set_errno(error, ERR_FILE, "cannot read '%s'", path);
        str_add_bytes(bytes, part, got > 0 ? (size_t)got : 0);
        if (bytes->length > max)
            return error_set(error, ERR_FILE, "'%s' is larger than %zu bytes", path, max);
    }
    return bytes->length ? 0 : error_set(error, ERR_FILE, "'%s' is empty", path);
}
