/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that can be made again; see cache.h. */
#include "base/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/mem.h"

/* What others need of the file system is left to them. */
#define SPACE_LEFT_BYTES (UINT64_C(64) << 20)

void cache_list_release(struct cache_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->files[i].name);
    free(list->files);
    *list = (struct cache_list){ NULL, 0 };
}

static bool is_private(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
           !(status.st_mode & (S_IWGRP | S_IWOTH));
}

/* *ret_fd is -1 when it is not there. */
static int open_folder(const char *folder, int *ret_fd, struct error **error)
{
    *ret_fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (*ret_fd < 0 && errno != ENOENT)
        return error_set_errno(error, ERR_FILE, "cannot open the folder '%s'", folder);
    if (*ret_fd < 0 || is_private(*ret_fd))
        return 0;
    close_fd(ret_fd);
    error_set(error, ERR_REFUSED, "others than its owner can write to '%s'", folder);
    return error_hint(error, "remove it; it is made anew when it is needed");
}

static int open_file(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status;

    if (fd >= 0 && (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || !is_private(fd)))
        close_fd(&fd);
    return fd;
}

int cache_open(const char *folder, const char *name)
{
    auto_fd int folder_fd = -1;
    int fd;

    if (open_folder(folder, &folder_fd, NULL) < 0 || folder_fd < 0)
        return -1;
    fd = open_file(folder_fd, name);
    if (fd >= 0)
        (void)futimens(fd, NULL);
    return fd;
}

static int by_use(const void *left, const void *right)
{
    const struct cache_file *a = left, *b = right;

    if (a->used != b->used)
        return a->used < b->used ? 1 : -1;
    return strcmp(a->name, b->name);
}

static void list_file(int folder, const char *name, struct cache_list *list)
{
    struct stat status;

    /* Somebody may just have removed it. */
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(status.st_mode))
        return;
    list->files = xreallocarray(list->files, list->count + 1, sizeof(*list->files));
    list->files[list->count++] = (struct cache_file){ .name = xstrdup(name),
                                                      .size_bytes = (uint64_t)status.st_size,
                                                      .used = status.st_mtime };
}

static int read_folder(int fd, const char *folder, struct cache_list *list, struct error **error)
{
    DIR *stream = fdopendir(fd);
    const struct dirent *entry;

    if (!stream) {
        close_fd(&fd);
        return error_set_errno(error, ERR_FILE, "cannot read the folder '%s'", folder);
    }
    while ((entry = readdir(stream)))
        list_file(dirfd(stream), entry->d_name, list);
    closedir(stream);
    if (list->count)
        qsort(list->files, list->count, sizeof(*list->files), by_use);
    return 0;
}

int cache_read(const char *folder, struct cache_list *ret_list, struct error **error)
{
    int fd;

    *ret_list = (struct cache_list){ NULL, 0 };
    if (open_folder(folder, &fd, error) < 0)
        return -1;
    return fd < 0 ? 0 : read_folder(fd, folder, ret_list, error);
}

static int make_folder(const char *folder, struct error **error)
{
    auto_free char *above = xstrndup(folder, (size_t)(strrchr(folder, '/') - folder));

    if ((mkdir(above, 0755) < 0 && errno != EEXIST) || (mkdir(folder, 0700) < 0 && errno != EEXIST))
        return error_set_errno(error, ERR_FILE, "cannot make the folder '%s'", folder);
    return 0;
}

/* Another process may have removed it already. */
static int remove_file(int folder_fd, const char *folder, const char *name, struct error **error)
{
    if (unlinkat(folder_fd, name, 0) == 0 || errno == ENOENT)
        return 0;
    return error_set_errno(error, ERR_FILE, "cannot remove '%s/%s'", folder, name);
}

static int make_room(int folder_fd, const char *folder, const char *name, uint64_t room_bytes,
                     struct error **error)
{
    auto_cache_list list = { NULL, 0 };
    uint64_t kept_bytes = 0;

    if (cache_read(folder, &list, error) < 0)
        return -1;
    for (size_t i = 0; i < list.count; i++) {
        const struct cache_file *file = &list.files[i];

        if (strcmp(file->name, name) == 0)
            continue;
        kept_bytes += file->size_bytes;
        if (kept_bytes > room_bytes && remove_file(folder_fd, folder, file->name, error) < 0)
            return -1;
    }
    return 0;
}

static bool has_space(int folder_fd, uint64_t bytes)
{
    struct statvfs status;

    return fstatvfs(folder_fd, &status) == 0 &&
           (uint64_t)status.f_bavail * status.f_frsize >= bytes + SPACE_LEFT_BYTES;
}

int cache_add(const char *folder, const char *name, const void *bytes, size_t length,
              uint64_t limit_bytes, struct error **error)
{
    auto_free char *path = xasprintf("%s/%s", folder, name);
    auto_fd int folder_fd = -1;

    if (length > limit_bytes)
        return 0;
    if (make_folder(folder, error) < 0 || open_folder(folder, &folder_fd, error) < 0 ||
        make_room(folder_fd, folder, name, limit_bytes - length, error) < 0)
        return -1;
    if (!has_space(folder_fd, length))
        return error_set(error, ERR_FILE, "too little space is left for '%s'", path);
    return durable_write(path, bytes, length, error);
}

int cache_clear(const char *folder, struct error **error)
{
    auto_cache_list list = { NULL, 0 };
    auto_fd int folder_fd = -1;

    if (cache_read(folder, &list, error) < 0 || open_folder(folder, &folder_fd, error) < 0)
        return -1;
    for (size_t i = 0; i < list.count; i++)
        if (remove_file(folder_fd, folder, list.files[i].name, error) < 0)
            return -1;
    return 0;
}
