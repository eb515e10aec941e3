/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sending and receiving files with holes; see disks.h. */
#include "migrate/disks.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"

#define PREFACE   "xn-disks1"
#define FAREWELL  "xn-disks."
#define MARK_SIZE (sizeof(PREFACE) - 1)
#define DISKS_MAX 64
#define PIECE     (256 * 1024)
/* What is written is brought to the disk so often: the end shall not take minutes. */
#define SYNC_EVERY (32 * 1024 * 1024)

static void put(struct str *text, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        str_add_char(text, (char)(number >> (8 * i)));
}

static uint64_t get(const unsigned char *bytes, int count)
{
    uint64_t number = 0;

    for (int i = 0; i < count; i++)
        number |= (uint64_t)bytes[i] << (8 * i);
    return number;
}

bool disks_send_list(const struct disk_copies *copies, disks_emit emit, void *context)
{
    auto_str text = STR_INIT;

    str_add(&text, PREFACE);
    put(&text, copies->count, 4);
    for (size_t i = 0; i < copies->count; i++) {
        const struct disk_copy *copy = &copies->items[i];

        put(&text, strlen(copy->path), 4);
        str_add(&text, copy->path);
        put(&text, copy->size, 8);
        put(&text, copy->used, 8);
        put(&text, copy->mode, 4);
    }
    return emit(context, text.text, text.length);
}

static bool send_head(uint64_t offset, uint32_t length, disks_emit emit, void *context)
{
    auto_str head = STR_INIT;

    put(&head, offset, 8);
    put(&head, length, 4);
    return emit(context, head.text, head.length);
}

static bool send_piece(int fd, uint64_t offset, size_t length, char *bytes, disks_emit emit,
                       void *context)
{
    size_t got = 0;

    while (got < length) {
        ssize_t part = pread(fd, bytes + got, length - got, (off_t)(offset + got));

        if (part == 0 || (part < 0 && errno != EINTR))
            return false;
        got += part > 0 ? (size_t)part : 0;
    }
    return send_head(offset, (uint32_t)length, emit, context) && emit(context, bytes, length);
}

static bool send_file(const struct disk_copy *copy, char *bytes, disks_emit emit, void *context)
{
    auto_fd int fd = open(copy->path, O_RDONLY | O_CLOEXEC);
    off_t size = (off_t)copy->size, at = 0;
    struct stat status;

    if (fd < 0 || fstat(fd, &status) < 0 || status.st_size != size)
        return false;
    while (at < size) {
        off_t data = lseek(fd, at, SEEK_DATA), hole;

        if (data < 0 && errno == ENXIO)
            break;
        hole = data < 0 ? -1 : lseek(fd, data, SEEK_HOLE);
        if (hole < 0)
            return false;
        for (at = data; at < hole;) {
            size_t length = hole - at < PIECE ? (size_t)(hole - at) : PIECE;

            if (!send_piece(fd, (uint64_t)at, length, bytes, emit, context))
                return false;
            at += (off_t)length;
        }
    }
    return send_head(copy->size, 0, emit, context);
}

bool disks_send(const struct disk_copies *copies, disks_emit emit, void *context)
{
    auto_free char *bytes = xmalloc(PIECE);

    if (!disks_send_list(copies, emit, context))
        return false;
    for (size_t i = 0; i < copies->count; i++)
        if (!send_file(&copies->items[i], bytes, emit, context))
            return false;
    return emit(context, FAREWELL, MARK_SIZE);
}

static int nonsense(struct error **error)
{
    return error_set(error, ERR_FILE, "what comes is no copy of disks, or was damaged on its way");
}

static int take_number(disks_take take, void *context, int size, uint64_t *ret,
                       struct error **error)
{
    unsigned char bytes[8];

    if (take(context, bytes, (size_t)size, error) < 0)
        return -1;
    *ret = get(bytes, size);
    return 0;
}

static int take_entry(disks_take take, void *context, struct disk_copies *ret, struct error **error)
{
    uint64_t length, mode;
    char path[PATH_MAX];
    struct disk_copy copy = { .path = path };

    if (take_number(take, context, 4, &length, error) < 0)
        return -1;
    if (length == 0 || length >= sizeof(path))
        return nonsense(error);
    if (take(context, path, (size_t)length, error) < 0 ||
        take_number(take, context, 8, &copy.size, error) < 0 ||
        take_number(take, context, 8, &copy.used, error) < 0 ||
        take_number(take, context, 4, &mode, error) < 0)
        return -1;
    path[length] = '\0';
    copy.mode = (uint32_t)mode & 0777;
    if (strlen(path) != length || *path != '/' || copy.size > INT64_MAX ||
        disk_copies_have(ret, path))
        return nonsense(error);
    disk_copies_add(ret, &copy);
    return 0;
}

int disks_receive_list(disks_take take, void *context, struct disk_copies *ret,
                       struct error **error)
{
    char mark[MARK_SIZE];
    uint64_t count;

    if (take(context, mark, sizeof(mark), error) < 0)
        return -1;
    if (memcmp(mark, PREFACE, MARK_SIZE) != 0)
        return nonsense(error);
    if (take_number(take, context, 4, &count, error) < 0)
        return -1;
    if (count > DISKS_MAX)
        return nonsense(error);
    for (uint64_t i = 0; i < count; i++)
        if (take_entry(take, context, ret, error) < 0)
            return -1;
    return 0;
}

static bool is_there(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

/* Those that share a file system share its room. */
static uint64_t needed_kib(const struct disk_copies *copies, const char *folder_of)
{
    struct stat mine, other;
    uint64_t kib = 0;

    for (size_t i = 0; i < copies->count; i++) {
        auto_free char *a = xstrdup(folder_of);
        auto_free char *b = xstrdup(copies->items[i].path);

        *(strrchr(a, '/') + 1) = *(strrchr(b, '/') + 1) = '\0';
        if (stat(a, &mine) == 0 && stat(b, &other) == 0 && mine.st_dev == other.st_dev)
            kib += copies->items[i].used / 1024 + 1;
    }
    return kib;
}

static void check_one(const struct disk_copies *copies, const struct disk_copy *copy,
                      const char *where, struct problem_list *problems)
{
    auto_durable file = DURABLE_INIT;
    auto_error error = NULL;
    uint64_t free_kib, kib = needed_kib(copies, copy->path);

    if (is_there(copy->path)) {
        problem_add(problems, false, "disk-exists", where,
                    "is it an older copy? remove it, or move it away; it is never overwritten",
                    "the file '%s' is there already", copy->path);
    } else if (durable_open(&file, copy->path, &error) < 0 ||
               durable_free_kib(&file, &free_kib, &error) < 0) {
        problem_add(problems, false, "disk-folder", where, "make the folder there", "%s",
                    error->message);
    } else if (free_kib < kib) {
        auto_free char *needed = human_kib(kib);
        auto_free char *there = human_kib(free_kib);

        problem_add(problems, false, "disk-space", where, NULL,
                    "there is no room for '%s': the disks need %s, and %s are free", copy->path,
                    needed, there);
    }
}

void disks_check(const struct disk_copies *copies, const char *where, struct problem_list *problems)
{
    for (size_t i = 0; i < copies->count; i++)
        check_one(copies, &copies->items[i], where, problems);
}

static int write_piece(struct durable *file, const char *bytes, size_t length, uint64_t offset,
                       struct error **error)
{
    while (length) {
        ssize_t part = pwrite(file->fd, bytes, length, (off_t)offset);

        if (part < 0 && errno != EINTR)
            return error_set_errno(error, ERR_FILE, "cannot write '%s'", file->path);
        if (part > 0) {
            bytes += part;
            offset += (uint64_t)part;
            length -= (size_t)part;
        }
    }
    return 0;
}

static int take_pieces(disks_take take, void *context, const struct disk_copy *copy,
                       struct durable *file, struct error **error)
{
    auto_free char *bytes = xmalloc(PIECE);
    uint64_t offset, length, at = 0, unsynced = 0;

    for (;;) {
        if (take_number(take, context, 8, &offset, error) < 0 ||
            take_number(take, context, 4, &length, error) < 0)
            return -1;
        if (length == 0 && offset == copy->size)
            return 0;
        if (length == 0 || length > PIECE || offset < at || offset > copy->size ||
            length > copy->size - offset)
            return nonsense(error);
        if (take(context, bytes, (size_t)length, error) < 0 ||
            write_piece(file, bytes, (size_t)length, offset, error) < 0)
            return -1;
        at = offset + length;
        unsynced += length;
        if (unsynced >= SYNC_EVERY && fdatasync(file->fd) < 0)
            return error_set_errno(error, ERR_FILE, "cannot write '%s'", file->path);
        unsynced = unsynced >= SYNC_EVERY ? 0 : unsynced;
    }
}

static int receive_file(disks_take take, void *context, struct received_disks *disks, size_t index,
                        struct error **error)
{
    const struct disk_copy *copy = &disks->list.items[index];
    struct durable *file = &disks->files[index];
    struct stat status;

    if (durable_open(file, copy->path, error) < 0)
        return -1;
    if (file->direct || ftruncate(file->fd, (off_t)copy->size) < 0 ||
        fchmod(file->fd, copy->mode) < 0 || fstat(file->fd, &status) < 0)
        return error_set_errno(error, ERR_FILE, "cannot make '%s'", copy->path);
    disks->identities[index].device = status.st_dev;
    disks->identities[index].inode = status.st_ino;
    if (take_pieces(take, context, copy, file, error) < 0)
        return -1;
    return durable_sync(file, error);
}

int disks_receive(disks_take take, void *context, struct received_disks *ret, struct error **error)
{
    auto_problem_list problems = { NULL, 0 };
    char mark[MARK_SIZE];

    *ret = (struct received_disks){ .files = NULL };
    if (disks_receive_list(take, context, &ret->list, error) < 0)
        return -1;
    disks_check(&ret->list, "here", &problems);
    if (problem_refuse(&problems, error) < 0)
        return -1;
    ret->files = xcalloc(ret->list.count, sizeof(*ret->files));
    ret->identities = xcalloc(ret->list.count, sizeof(*ret->identities));
    for (size_t i = 0; i < ret->list.count; i++)
        ret->files[i] = (struct durable)DURABLE_INIT;
    for (size_t i = 0; i < ret->list.count; i++)
        if (receive_file(take, context, ret, i, error) < 0)
            return -1;
    if (take(context, mark, sizeof(mark), error) < 0)
        return -1;
    return memcmp(mark, FAREWELL, MARK_SIZE) == 0 ? 0 : nonsense(error);
}

int disks_commit(struct received_disks *disks, struct error **error)
{
    for (size_t i = 0; i < disks->list.count; i++) {
        const char *path = disks->list.items[i].path;

        if (is_there(path))
            return error_set(error, ERR_EXISTS, "the file '%s' is there already", path);
        if (durable_commit(&disks->files[i], error) < 0)
            return -1;
    }
    return 0;
}

void disks_remove(const struct received_disks *disks)
{
    struct stat status;

    for (size_t i = 0; disks->identities && i < disks->list.count; i++) {
        const char *path = disks->list.items[i].path;

        if (lstat(path, &status) == 0 && S_ISREG(status.st_mode) &&
            status.st_dev == disks->identities[i].device &&
            status.st_ino == disks->identities[i].inode)
            (void)unlink(path);
    }
}

void disks_release(struct received_disks *disks)
{
    for (size_t i = 0; disks->files && i < disks->list.count; i++)
        durable_abandon(&disks->files[i]);
    free(disks->files);
    free(disks->identities);
    disk_copies_release(&disks->list);
    *disks = (struct received_disks){ .files = NULL };
}
