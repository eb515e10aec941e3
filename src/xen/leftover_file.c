/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that were left behind: libxl's notes about guests, and unfinished saves; see leftover.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/mem.h"
#include "xen/leftover_parts.h"

#define SAVE_FOLDER XEN_LIB_DIR "/save"

static bool is_file_in(DIR *folder, const char *name, struct stat *ret)
{
    return fstatat(dirfd(folder), name, ret, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(ret->st_mode);
}

static void find_userdata(struct leftover_scan *scan)
{
    DIR *folder = scan->search->kinds[LEFTOVER_USERDATA] ? opendir(XEN_LIB_DIR) : NULL;
    const struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        char uuid[UUID_TEXT_SIZE];
        struct leftover *leftover;
        struct stat file;
        uint32_t domid;

        if (!leftover_parse_userdata(entry->d_name, &domid, uuid) ||
            !is_file_in(folder, entry->d_name, &file))
            continue;
        leftover = leftover_list_add(scan->list, LEFTOVER_USERDATA,
                                     xasprintf(XEN_LIB_DIR "/%s", entry->d_name));
        leftover->domid = domid;
        memcpy(leftover->uuid, uuid, sizeof(leftover->uuid));
        leftover->action = CLEAN_REMOVE;
        leftover->explanation = xstrdup("libxl's file about a guest whose UUID no domain has");
    }
    if (folder)
        closedir(folder);
}

/* Files of other hosts may be there, and their processes have numbers, too. FUSE may be anything.
 */
static bool may_be_shared(DIR *folder)
{
    static const unsigned long local[] = { EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC,
                                           TMPFS_MAGIC,      XFS_SUPER_MAGIC,
                                           F2FS_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC,
                                           RAMFS_MAGIC,      0x2fc12fc1 /* ZFS */ };
    struct statfs system;

    if (fstatfs(dirfd(folder), &system) < 0)
        return true;
    for (size_t i = 0; i < ARRAY_SIZE(local); i++)
        if ((unsigned long)system.f_type == local[i])
            return false;
    return true;
}

static bool is_alive(long pid)
{
    return kill((pid_t)pid, 0) == 0 || errno != ESRCH;
}

static bool is_listed(const struct leftover_scan *scan, const char *subject)
{
    for (size_t i = 0; i < scan->list->count; i++)
        if (strcmp(scan->list->items[i].subject, subject) == 0)
            return true;
    return false;
}

static void find_part(struct leftover_scan *scan, DIR *folder, const char *path, const char *name)
{
    bool shared = may_be_shared(folder);
    auto_free char *subject = NULL;
    struct leftover *leftover;
    struct stat file;
    long pid;

    if (!leftover_parse_part(name, &pid) || is_alive(pid) || !is_file_in(folder, name, &file))
        return;
    subject = xasprintf("%s%s%s", path, ends_with(path, "/") ? "" : "/", name);
    if (is_listed(scan, subject))
        return;
    leftover = leftover_list_add(scan->list, LEFTOVER_PART_FILE, TAKE(subject));
    leftover->action = CLEAN_REMOVE;
    leftover->guarded = shared;
    leftover->explanation =
        xasprintf("xn process %ld was killed before this file was whole (%lld bytes)%s", pid,
                  (long long)file.st_size,
                  shared ? "; other hosts may write in this folder, and this may be theirs. "
                           "Removed only with --kind=part-file"
                         : "");
}

static int find_parts(struct leftover_scan *scan, const char *path, bool must_exist,
                      struct error **error)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;

    if (!folder && (must_exist || errno != ENOENT))
        return error_set_errno(error, ERR_FILE, "cannot read the folder '%s'", path);
    while (folder && (entry = readdir(folder)))
        find_part(scan, folder, path, entry->d_name);
    if (folder)
        closedir(folder);
    return 0;
}

int leftover_find_files(struct leftover_scan *scan, struct error **error)
{
    const struct string_list *folders = scan->search->folders;

    find_userdata(scan);
    if (!scan->search->kinds[LEFTOVER_PART_FILE])
        return 0;
    if (find_parts(scan, SAVE_FOLDER, false, error) < 0)
        return -1;
    for (size_t i = 0; i < folders->count; i++)
        if (find_parts(scan, folders->items[i], true, error) < 0)
            return -1;
    return 0;
}

/* Opens the folder of a path and the file in it, never through a link. 1: there; 0: gone; -1. */
static int open_both(const char *path, int *ret_folder, int *ret_file, const char **ret_name,
                     struct error **error)
{
    const char *slash = strrchr(path, '/');
    auto_free char *folder = xstrndup(path, (size_t)(slash - path) + 1);
    struct stat file;

    *ret_name = slash + 1;
    *ret_folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*ret_folder >= 0)
        *ret_file = openat(*ret_folder, *ret_name,
                           O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if ((*ret_folder < 0 || *ret_file < 0) && errno == ENOENT)
        return 0;
    if (*ret_folder < 0 || *ret_file < 0 || fstat(*ret_file, &file) < 0)
        return error_set_errno(error, ERR_FILE, "cannot open '%s'", path);
    if (!S_ISREG(file.st_mode))
        return error_set(error, ERR_REFUSED, "'%s' is no file any more", path);
    return 1;
}

static enum leftover_result in_use(const char *path, struct error **error)
{
    error_set(error, ERR_REFUSED, "'%s' is in use", path);
    return RESULT_FAILED;
}

static enum leftover_result unlink_file(int folder, const char *name, const char *path,
                                        struct error **error)
{
    if (unlinkat(folder, name, 0) == 0)
        return RESULT_CLEANED;
    if (errno == ENOENT)
        return RESULT_GONE;
    error_set_errno(error, ERR_FILE, "cannot remove '%s'", path);
    return RESULT_FAILED;
}

enum leftover_result leftover_clean_userdata(struct leftover_scan *scan, struct leftover *leftover,
                                             struct error **error)
{
    auto_fd int folder = -1, file = -1;
    const char *name;
    int there;

    if (leftover_by_uuid(&scan->now, leftover->uuid) ||
        leftover_by_domid(&scan->now, leftover->domid))
        return RESULT_GONE;
    there = open_both(leftover->subject, &folder, &file, &name, error);
    if (there <= 0)
        return there < 0 ? RESULT_FAILED : RESULT_GONE;
    /* Some of them are locks. */
    if (flock(file, LOCK_EX | LOCK_NB) < 0)
        return in_use(leftover->subject, error);
    return unlink_file(folder, name, leftover->subject, error);
}

enum leftover_result leftover_clean_part(struct leftover_scan *scan, struct leftover *leftover,
                                         struct error **error)
{
    auto_fd int folder = -1, file = -1;
    const char *name;
    long pid;
    int there;

    (void)scan;
    there = open_both(leftover->subject, &folder, &file, &name, error);
    if (there <= 0)
        return there < 0 ? RESULT_FAILED : RESULT_GONE;
    if (!leftover_parse_part(name, &pid) || is_alive(pid))
        return in_use(leftover->subject, error);
    /* Only granted when nobody else has the file open; not every file system knows it. */
    if (fcntl(file, F_SETLEASE, F_WRLCK) < 0 && (errno == EAGAIN || errno == EBUSY))
        return in_use(leftover->subject, error);
    return unlink_file(folder, name, leftover->subject, error);
}
