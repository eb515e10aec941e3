/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* fcntl locks, of open files and not of processes, so that one process can hold several; see
 * lock.h.
 */
#include "xen/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>

#include "base/interrupt.h"
#include "base/mem.h"

#define IDENTITY_PATH XEN_RUN_DIR "/xn-create.lock"
#define SAVE_PATH     XEN_RUN_DIR "/xn-save.lock"
#define RECEIVE_PATH  XEN_RUN_DIR "/xn-receive.lock"
#define ENDING_PATH   XEN_RUN_DIR "/xn-ending.lock"
#define STOPPING_PATH XEN_RUN_DIR "/xn-stopping.lock"

static int open_lock(const char *path, int *ret_fd, struct error **error)
{
    *ret_fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0200);
    if (*ret_fd < 0)
        return error_set_errno(error, ERR_FILE, "cannot open the lock file '%s'", path);
    return 0;
}

static int wait_for_lock(int fd, int operation, const char *path, struct flock *range,
                         struct error **error)
{
    while (fcntl(fd, operation, range) < 0) {
        if (errno != EINTR)
            return error_set_errno(error, ERR_FILE, "cannot take the lock '%s'", path);
        if (interrupt_signal())
            return error_set(error, ERR_INTERRUPTED, "interrupted while waiting for '%s'", path);
    }
    return 0;
}

/* length 0: to the end of the file. */
static int lock_range(int fd, const char *path, off_t start, off_t length, struct error **error)
{
    struct flock range = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length
    };

    return wait_for_lock(fd, F_OFD_SETLKW, path, &range, error);
}

int lock_file(const char *path, int *ret_fd, struct error **error)
{
    auto_fd int fd = -1;

    if (open_lock(path, &fd, error) < 0 || lock_range(fd, path, 0, 0, error) < 0)
        return -1;
    *ret_fd = fd;
    fd = -1;
    return 0;
}

void lock_file_end(int *fd)
{
    struct flock whole_file = { .l_type = F_UNLCK, .l_whence = SEEK_SET };

    if (*fd >= 0)
        (void)fcntl(*fd, F_OFD_SETLK, &whole_file);
    close_fd(fd);
}

/* FNV-1a, to a place in a file that is never as long as that. */
static off_t place_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3;
    return (off_t)(hash >> 2);
}

int lock_identity(const char *name, const char *uuid, int *ret_fd, struct error **error)
{
    off_t first = place_of(name), second = place_of(uuid);
    auto_fd int fd = -1;

    /* Always upwards, so that two creations never wait for each other. */
    if (first > second) {
        off_t lower = second;

        second = first;
        first = lower;
    }
    if (open_lock(IDENTITY_PATH, &fd, error) < 0 ||
        lock_range(fd, IDENTITY_PATH, first, 1, error) < 0 ||
        lock_range(fd, IDENTITY_PATH, second, 1, error) < 0)
        return -1;
    *ret_fd = fd;
    fd = -1;
    return 0;
}

int lock_ending(const char *uuid, int *ret_fd, struct error **error)
{
    struct flock range = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = place_of(uuid), .l_len = 1
    };
    auto_fd int fd = -1;

    /* Of the process: libxl forks helpers that outlive a worker which was killed, and a lock of the
     * open file would live on in them. */
    if (open_lock(ENDING_PATH, &fd, error) < 0 ||
        wait_for_lock(fd, F_SETLKW, ENDING_PATH, &range, error) < 0)
        return -1;
    *ret_fd = fd;
    fd = -1;
    return 0;
}

/* Never waits. busy: what is said when somebody else has it. */
static int try_lock(const char *path, const char *uuid, const char *busy, int *ret_fd,
                    struct error **error)
{
    struct flock range = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = place_of(uuid), .l_len = 1
    };
    auto_fd int fd = -1;

    if (open_lock(path, &fd, error) < 0)
        return -1;
    if (fcntl(fd, F_OFD_SETLK, &range) < 0) {
        if (errno == EAGAIN || errno == EACCES)
            return error_set(error, ERR_REFUSED, "%s", busy);
        return error_set_errno(error, ERR_FILE, "cannot take the lock '%s'", path);
    }
    *ret_fd = fd;
    fd = -1;
    return 0;
}

int lock_saving(const char *uuid, int *ret_fd, struct error **error)
{
    return try_lock(SAVE_PATH, uuid, "it is being saved or moved right now", ret_fd, error);
}

int lock_receiving(const char *uuid, int *ret_fd, struct error **error)
{
    return try_lock(RECEIVE_PATH, uuid, "it is being received right now", ret_fd, error);
}

/* length 0: to the end of the file. */
static int probe(const char *path, off_t start, off_t length, bool *ret_held, struct error **error)
{
    struct flock range = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length
    };
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    *ret_held = false;
    if (fd < 0 && errno == ENOENT)
        return 0;
    if (fd < 0 || fcntl(fd, F_OFD_GETLK, &range) < 0)
        return error_set_errno(error, ERR_FILE, "cannot look at the lock file '%s'", path);
    *ret_held = range.l_type != F_UNLCK;
    return 0;
}

int lock_file_probe(const char *path, bool *ret_held, struct error **error)
{
    return probe(path, 0, 0, ret_held, error);
}

int lock_identity_probe(const char *text, bool *ret_held, struct error **error)
{
    return probe(IDENTITY_PATH, place_of(text), 1, ret_held, error);
}

int lock_saving_probe(const char *uuid, bool *ret_held, struct error **error)
{
    return probe(SAVE_PATH, place_of(uuid), 1, ret_held, error);
}

int lock_receiving_probe(const char *uuid, bool *ret_held, struct error **error)
{
    return probe(RECEIVE_PATH, place_of(uuid), 1, ret_held, error);
}

int lock_stopping(int *ret_fd, struct error **error)
{
    return lock_file(STOPPING_PATH, ret_fd, error);
}

int lock_stopping_probe(bool *ret_held, struct error **error)
{
    return lock_file_probe(STOPPING_PATH, ret_held, error);
}
