/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scripts and this program shut each other out; see lock.h. */
#include "hotplug/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static bool make_folder(const char *path)
{
    auto_free char *folder = xstrndup(path, (size_t)(strrchr(path, '/') - path));

    return mkdir(folder, 0777) == 0 || errno == EEXIST;
}

static bool wait_for(int fd)
{
    while (flock(fd, LOCK_EX) < 0)
        if (errno != EINTR)
            return false;
    return true;
}

/* Who had it before may have removed the file while this one waited. */
static bool has_its_name(int fd, const char *path)
{
    struct stat held, named;

    return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

int script_lock_take(const char *path)
{
    if (!make_folder(path))
        return -1;
    for (;;) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

        if (fd < 0 || !wait_for(fd)) {
            close_fd(&fd);
            return -1;
        }
        if (has_its_name(fd, path))
            return fd;
        close_fd(&fd);
    }
}

void script_lock_release(int fd, const char *path)
{
    (void)unlink(path);
    close_fd(&fd);
}
