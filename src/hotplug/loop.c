/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The ioctls of loop(4); see loop.h. */
#include "hotplug/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

/* Another program may take the device that is free: so many times in a row is no accident. */
#define ATTEMPTS 64
/* The kernel asks for patience while somebody looks at the device. */
#define DETACH_ATTEMPTS 50
#define DETACH_PAUSE_NS 10000000

static int open_file(const char *file, bool *read_only)
{
    int fd = *read_only ? -1 : open(file, O_RDWR | O_CLOEXEC);

    if (fd >= 0)
        return fd;
    if (!*read_only && errno != EROFS && errno != EACCES)
        return -1;
    *read_only = true;
    return open(file, O_RDONLY | O_CLOEXEC);
}

/* 1: somebody else was faster. */
static int configure(const char *device, const char *file, int file_fd, bool read_only)
{
    auto_fd int fd = open(device, (read_only ? O_RDONLY : O_RDWR) | O_CLOEXEC);
    struct loop_config config = { .fd = (unsigned)file_fd };
    size_t shown = strnlen(file, sizeof(config.info.lo_file_name) - 1);

    if (fd < 0)
        return -1;
    config.info.lo_flags = read_only ? LO_FLAGS_READ_ONLY : 0;
    memcpy(config.info.lo_file_name, file, shown);
    if (ioctl(fd, LOOP_CONFIGURE, &config) == 0)
        return 0;
    return errno == EBUSY ? 1 : -1;
}

char *loop_attach(const char *file, bool read_only)
{
    auto_fd int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
    auto_fd int fd = open_file(file, &read_only);

    for (int i = 0; control >= 0 && fd >= 0 && i < ATTEMPTS; i++) {
        int number = ioctl(control, LOOP_CTL_GET_FREE), result;
        auto_free char *device = xasprintf("/dev/loop%d", number);

        if (number < 0)
            return NULL;
        result = configure(device, file, fd, read_only);
        if (result <= 0)
            return result == 0 ? TAKE(device) : NULL;
    }
    return NULL;
}

bool loop_detach(const char *device)
{
    static const struct timespec pause = { .tv_nsec = DETACH_PAUSE_NS };
    auto_fd int fd = open(device, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int result = -1;

    for (int i = 0; fd >= 0 && i < DETACH_ATTEMPTS; i++) {
        result = ioctl(fd, LOOP_CLR_FD);
        if (result == 0 || errno != EAGAIN)
            break;
        (void)nanosleep(&pause, NULL);
    }
    return result == 0;
}
