/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that appear whole or not at all; see durable.h. */
#include "base/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* Splits the path into the folder, which is opened, and the name in it. */
static int open_folder(struct durable *durable, struct error **error)
{
    const char *slash = strrchr(durable->path, '/');
    auto_free char *folder =
        slash ? xstrndup(durable->path, (size_t)(slash - durable->path) + 1) : xstrdup(".");

    durable->name = xstrdup(slash ? slash + 1 : durable->path);
    if (!*durable->name)
        return error_set(error, ERR_FILE, "'%s' names a folder, not a file", durable->path);
    durable->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (durable->folder < 0)
        return error_set_errno(error, ERR_FILE, "cannot open the folder '%s'", folder);
    return 0;
}

/* In /tmp and its like what belongs to another user may be a trap: a pipe to read the guest's
 * memory from, or a symbolic link to a device. */
static int check_owner(const struct durable *durable, const struct stat *target,
                       struct error **error)
{
    struct stat folder;

    if (fstat(durable->folder, &folder) < 0)
        return error_set_errno(error, ERR_FILE, "cannot look at the folder of '%s'", durable->path);
    if ((folder.st_mode & S_ISVTX) && (folder.st_mode & S_IWOTH) && target->st_uid != geteuid())
        return error_set(error, ERR_REFUSED, "will not write to '%s', which another user owns",
                         durable->path);
    return 0;
}

static bool is_direct(const struct stat *target)
{
    return S_ISFIFO(target->st_mode) || S_ISCHR(target->st_mode) || S_ISBLK(target->st_mode);
}

/* follow: whether the name may be a symbolic link. What it is may have changed since it was looked
 * at, so it is looked at again. */
static int open_direct(struct durable *durable, bool follow, struct error **error)
{
    struct stat target;
    int flags;

    durable->direct = true;
    durable->fd = openat(durable->folder, durable->name,
                         O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
    if (durable->fd < 0 && errno == ENXIO)
        return error_set(error, ERR_FILE, "nobody reads from the pipe '%s'", durable->path);
    if (durable->fd < 0 || fstat(durable->fd, &target) < 0)
        return error_set_errno(error, ERR_FILE, "cannot open '%s'", durable->path);
    if (!is_direct(&target))
        return error_set(error, ERR_REFUSED, "'%s' has just become a file", durable->path);
    if (!follow && check_owner(durable, &target, error) < 0)
        return -1;
    flags = fcntl(durable->fd, F_GETFL);
    if (flags < 0 || fcntl(durable->fd, F_SETFL, flags & ~O_NONBLOCK) < 0)
        return error_set_errno(error, ERR_FILE, "cannot use '%s'", durable->path);
    return 0;
}

/* /dev/stdout, /dev/fd/63 of a shell's >(...), /dev/vg/volume: links to what is written to
 * directly are fine, links to files are not. */
static int open_link(struct durable *durable, struct error **error)
{
    struct stat target;

    if (fstatat(durable->folder, durable->name, &target, 0) == 0 && is_direct(&target))
        return open_direct(durable, true, error);
    error_set(error, ERR_REFUSED, "will not write through the symbolic link '%s'", durable->path);
    return error_hint(error, "name the file itself");
}

static char *hidden_name(const struct durable *durable)
{
    return xasprintf(".%.200s.%ld.xn-part", durable->name, (long)getpid());
}

/* What is there under that name is of a dead process that had our number. */
static void remove_hidden(const struct durable *durable)
{
    (void)unlinkat(durable->folder, durable->hidden, 0);
}

static void forget_hidden(struct durable *durable)
{
    free(durable->hidden);
    durable->hidden = NULL;
}

/* Network file systems have no files without names. */
static int open_hidden(struct durable *durable, struct error **error)
{
    durable->fd = openat(durable->folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (durable->fd >= 0)
        return 0;
    durable->hidden = hidden_name(durable);
    remove_hidden(durable);
    durable->fd = openat(durable->folder, durable->hidden,
                         O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (durable->fd >= 0)
        return 0;
    error_set_errno(error, ERR_FILE, "cannot write in the folder of '%s'", durable->path);
    forget_hidden(durable);
    return -1;
}

/* Looks at what stands under the name now. */
static int open_target(struct durable *durable, struct error **error)
{
    struct stat target;

    if (fstatat(durable->folder, durable->name, &target, AT_SYMLINK_NOFOLLOW) < 0) {
        if (errno == ENOENT)
            return open_hidden(durable, error);
        return error_set_errno(error, ERR_FILE, "cannot look at '%s'", durable->path);
    }
    if (S_ISDIR(target.st_mode))
        return error_set(error, ERR_FILE, "'%s' is a folder, not a file", durable->path);
    if (S_ISSOCK(target.st_mode))
        return error_set(error, ERR_FILE, "'%s' is a socket, not a file", durable->path);
    if (check_owner(durable, &target, error) < 0)
        return -1;
    if (S_ISLNK(target.st_mode))
        return open_link(durable, error);
    return is_direct(&target) ? open_direct(durable, false, error) : open_hidden(durable, error);
}

int durable_open(struct durable *durable, const char *path, struct error **error)
{
    *durable = (struct durable)DURABLE_INIT;
    durable->path = xstrdup(path);
    return open_folder(durable, error) < 0 ? -1 : open_target(durable, error);
}

char *durable_path(const struct durable *durable)
{
    return xasprintf("/proc/self/fd/%d", durable->fd);
}

int durable_free_kib(const struct durable *durable, uint64_t *ret_kib, struct error **error)
{
    struct statvfs space;

    *ret_kib = UINT64_MAX;
    if (durable->direct)
        return 0;
    if (fstatvfs(durable->folder, &space) < 0)
        return error_set_errno(error, ERR_FILE, "cannot ask for the free space of '%s'",
                               durable->path);
    *ret_kib = (uint64_t)space.f_bavail * space.f_frsize / 1024;
    return 0;
}

/* Pipes and terminals cannot be synced. */
int durable_sync(struct durable *durable, struct error **error)
{
    int result;

    do
        result = fsync(durable->fd);
    while (result < 0 && errno == EINTR);
    if (result < 0 && !(durable->direct && (errno == EINVAL || errno == EROFS)))
        return error_set_errno(error, ERR_FILE, "cannot write '%s' to the disk", durable->path);
    return 0;
}

static int give_hidden_name(struct durable *durable, struct error **error)
{
    auto_free char *link = durable_path(durable);

    if (durable->hidden)
        return 0;
    durable->hidden = hidden_name(durable);
    remove_hidden(durable);
    if (linkat(AT_FDCWD, link, durable->folder, durable->hidden, AT_SYMLINK_FOLLOW) == 0)
        return 0;
    error_set_errno(error, ERR_FILE, "cannot give '%s' its name", durable->path);
    forget_hidden(durable);
    return -1;
}

static int close_checked(struct durable *durable, struct error **error)
{
    int fd = durable->fd;

    durable->fd = -1;
    if (close(fd) < 0 && errno != EINTR)
        return error_set_errno(error, ERR_FILE, "cannot close '%s'", durable->path);
    return 0;
}

static int put_in_place(struct durable *durable, struct error **error)
{
    if (renameat(durable->folder, durable->hidden, durable->folder, durable->name) < 0)
        return error_set_errno(error, ERR_FILE, "cannot put '%s' in its place", durable->path);
    forget_hidden(durable);
    if (fsync(durable->folder) < 0) {
        error_set_errno(error, ERR_FILE, "cannot sync the folder of '%s'", durable->path);
        return error_detail(error, "the new file stands there, but may be gone after a power loss");
    }
    return 0;
}

int durable_commit(struct durable *durable, struct error **error)
{
    if (durable_sync(durable, error) < 0)
        return -1;
    if (durable->direct)
        return close_checked(durable, error);
    /* Network file systems tell at the close what they could not write. */
    if (give_hidden_name(durable, error) < 0 || close_checked(durable, error) < 0)
        return -1;
    return put_in_place(durable, error);
}

int durable_write(const char *path, const void *bytes, size_t length, struct error **error)
{
    auto_durable file = DURABLE_INIT;

    if (durable_open(&file, path, error) < 0 || file_write(file.fd, path, bytes, length, error) < 0)
        return -1;
    return durable_commit(&file, error);
}

void durable_abandon(struct durable *durable)
{
    if (durable->hidden)
        remove_hidden(durable);
    close_fd(&durable->fd);
    close_fd(&durable->folder);
    free(durable->path);
    free(durable->name);
    free(durable->hidden);
    *durable = (struct durable)DURABLE_INIT;
}
