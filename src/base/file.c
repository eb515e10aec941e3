/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small steps with files; see file.h. */
#include "base/file.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

int file_write(int fd, const char *name, const void *bytes, size_t length, struct error **error)
{
    const char *at = bytes;

    while (length) {
        ssize_t written = write(fd, at, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return error_set_errno(error, ERR_FILE, "cannot write '%s'", name);
        at += written;
        length -= (size_t)written;
    }
    return 0;
}

bool file_read_uint(int folder, const char *path, int base, uint64_t *ret_number)
{
    auto_fd int fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
    char text[32] = "", *end;
    uint64_t number;

    if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
        return false;
    text[strcspn(text, "\n")] = '\0';
    errno = 0;
    number = strtoull(text, &end, base);
    /* strtoull would take blanks and a sign, too. */
    if (errno || *end || !isxdigit((unsigned char)*text))
        return false;
    *ret_number = number;
    return true;
}
