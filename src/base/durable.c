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

/* In /tmp and its like a file of another user may be a trap. */
static int check_owner(const struct durable *durable, const struct stat *target,
                       struct error **error)
{
    struct stat folder;

    if (fstat(durable->folder, &folder) < 0)
        return error_set_errno(error, ERR_FILE, "cannot look at the folder of '%s'", durable->path);
    if ((folder.st_mode & S_ISVTX) && (folder.st_mode & S_IWOTH) && target->st_uid != geteuid())
        return error_set(error, ERR_REFUSED, "will not replace '%s', which another user owns",
                         durable->path);
    return 0;
}

static int open_direct(struct durable *durable, struct error **error)
{
    int flags;

    durable->direct = true;
    durable->fd = openat(durable->folder, durable->name,
                         O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    if (durable->fd < 0 && errno == ENXIO)
        return error_set(error, ERR_FILE, "nobody reads from the pipe '%s'", durable->path);
    if (durable->fd < 0)
        return error_set_errno(error, ERR_FILE, "cannot open '%s'", durable->path);
    flags = fcntl(durable->fd, F_GETFL);
    if (flags < 0 || fcntl(durable->fd, F_SETFL, flags & ~O_NONBLOCK) < 0)
        return error_set_errno(error, ERR_FILE, "cannot use '%s'", durable->path);
    return 0;
}

/* Looks at what stands under the name now. */
static int check_target(struct durable *durable, bool *ret_direct, struct error **error)
{
    struct stat target;

    *ret_direct = false;
    if (fstatat(durable->folder, durable->name, &target, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT
                   ? 0
                   : error_set_errno(error, ERR_FILE, "cannot look at '%s'", durable->path);
    if (S_ISREG(target.st_mode))
        return check_owner(durable, &target, error);
    if (S_ISFIFO(target.st_mode) || S_ISCHR(target.st_mode) || S_ISBLK(target.st_mode)) {
        *ret_direct = true;
        return 0;
    }
    if (S_ISLNK(target.st_mode)) {
        error_set(error, ERR_REFUSED, "will not write through the symbolic link '%s'",
                  durable->path);
        return error_hint(error, "name the file itself");
    }
    return error_set(error, ERR_FILE, "'%s' is %s, not a file", durable->path,
                     S_ISDIR(target.st_mode) ? "a folder" : "a socket");
}

static char *hidden_name(const struct durable *durable)
{
    return xasprintf(".%.200s.%ld.xn-part", durable->name, (long)getpid());
}

/* Network file systems have no files without names. */
static int open_hidden(struct durable *durable, struct error **error)
{
    durable->fd = openat(durable->folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (durable->fd >= 0)
        return 0;
    durable->hidden = hidden_name(durable);
    durable->fd = openat(durable->folder, durable->hidden,
                         O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (durable->fd >= 0)
        return 0;
    error_set_errno(error, ERR_FILE, "cannot write in the folder of '%s'", durable->path);
    free(durable->hidden);
    durable->hidden = NULL;
    return -1;
}

int durable_open(struct durable *durable, const char *path, struct error **error)
{
    bool direct;

    *durable = (struct durable)DURABLE_INIT;
    durable->path = xstrdup(path);
    if (open_folder(durable, error) < 0 || check_target(durable, &direct, error) < 0)
        return -1;
    return direct ? open_direct(durable, error) : open_hidden(durable, error);
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

static int give_hidden_name(struct durable *durable, struct error **error)
{
    char link[64];

    if (durable->hidden)
        return 0;
    snprintf(link, sizeof(link), "/proc/self/fd/%d", durable->fd);
    durable->hidden = hidden_name(durable);
    (void)unlinkat(durable->folder, durable->hidden, 0); /* of a dead process of this number */
    if (linkat(AT_FDCWD, link, durable->folder, durable->hidden, AT_SYMLINK_FOLLOW) == 0)
        return 0;
    error_set_errno(error, ERR_FILE, "cannot give '%s' its name", durable->path);
    free(durable->hidden);
    durable->hidden = NULL;
    return -1;
}

static int put_in_place(struct durable *durable, struct error **error)
{
    if (give_hidden_name(durable, error) < 0)
        return -1;
    if (renameat(durable->folder, durable->hidden, durable->folder, durable->name) < 0)
        return error_set_errno(error, ERR_FILE, "cannot put '%s' in its place", durable->path);
    free(durable->hidden);
    durable->hidden = NULL;
    if (fsync(durable->folder) < 0)
        return error_set_errno(error, ERR_FILE, "cannot sync the folder of '%s'", durable->path);
    return 0;
}

/* Pipes and terminals cannot be synced. */
static bool sync_failed(const struct durable *durable)
{
    return fsync(durable->fd) < 0 && !(durable->direct && (errno == EINVAL || errno == EROFS));
}

int durable_commit(struct durable *durable, struct error **error)
{
    int fd;

    if (sync_failed(durable))
        return error_set_errno(error, ERR_FILE, "cannot write '%s' to the disk", durable->path);
    if (!durable->direct && put_in_place(durable, error) < 0)
        return -1;
    fd = durable->fd;
    durable->fd = -1;
    if (close(fd) < 0 && errno != EINTR)
        return error_set_errno(error, ERR_FILE, "cannot close '%s'", durable->path);
    return 0;
}

void durable_abandon(struct durable *durable)
{
    if (durable->hidden)
        (void)unlinkat(durable->folder, durable->hidden, 0);
    close_fd(&durable->fd);
    close_fd(&durable->folder);
    free(durable->path);
    free(durable->name);
    free(durable->hidden);
    *durable = (struct durable)DURABLE_INIT;
}
