/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading configuration text from anything a user may name; see source.h. */
#include "config/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/str.h"

static const char *kind_of_file(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "a directory";
    case S_IFIFO:
        return "a pipe";
    case S_IFSOCK:
        return "a socket";
    case S_IFBLK:
        return "a block device";
    default:
        return "a device";
    }
}

static int check_file(const char *path, const struct stat *status, struct error **error)
{
    if (S_ISCHR(status->st_mode) && status->st_rdev == makedev(1, 3))
        return 0;
    if (!S_ISREG(status->st_mode)) {
        error_set(error, ERR_FILE, "'%s' is %s, not a configuration file", path,
                  kind_of_file(status->st_mode));
        return error_hint(error, "only regular files are read; /dev/null stands for an empty one");
    }
    if ((uint64_t)status->st_size > SOURCE_SIZE_MAX) {
        auto_free char *size = human_kib((uint64_t)status->st_size / 1024);
        auto_free char *limit = human_kib(SOURCE_SIZE_MAX / 1024);

        error_set(error, ERR_FILE,
                  "'%s' is too large for a configuration file: %s, the limit is %s", path, size,
                  limit);
        return error_hint(error, "is it a disk image or a saved guest?");
    }
    return 0;
}

/* The file may grow while it is read: one byte above the limit is enough to know. */
static int read_all(int fd, const char *path, struct str *text, struct error **error)
{
    char block[16384];
    ssize_t got;

    while ((got = read(fd, block, sizeof(block))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(error, ERR_FILE, "cannot read '%s'", path);
        str_add_bytes(text, block, (size_t)got);
        if (text->length > SOURCE_SIZE_MAX)
            return error_set(error, ERR_FILE, "'%s' grew beyond the limit of %zu bytes", path,
                             SOURCE_SIZE_MAX);
    }
    return 0;
}

int source_read(struct source *ret, const char *path, struct error **error)
{
    auto_str text = STR_INIT;
    auto_fd int fd = -1;
    struct stat status;

    *ret = (struct source){ .name = xstrdup(path), .text = xstrdup("") };
    fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return error_set_errno(error, ERR_FILE, "cannot open '%s'", path);
    if (fstat(fd, &status) < 0)
        return error_set_errno(error, ERR_FILE, "cannot read '%s'", path);
    if (check_file(path, &status, error) < 0 || read_all(fd, path, &text, error) < 0)
        return -1;
    free(ret->text);
    ret->length = text.length;
    ret->text = str_detach(&text);
    return 0;
}

void source_from_text(struct source *ret, const char *name, const char *text)
{
    *ret = (struct source){ xstrdup(name), xstrdup(text), strlen(text) };
}

void source_release(struct source *source)
{
    free(source->name);
    free(source->text);
    *source = (struct source){ NULL, NULL, 0 };
}

struct place place_line(const struct place *place)
{
    const char *text = place->source->text;
    size_t start = place->offset, end = place->offset;

    while (start > 0 && text[start - 1] != '\n')
        start--;
    while (end < place->source->length && text[end] != '\n')
        end++;
    if (end > start && text[end - 1] == '\r')
        end--;
    return (struct place){ place->source, start, end - start };
}

void place_position(const struct place *place, unsigned *ret_line, unsigned *ret_column)
{
    const char *text = place->source->text;
    size_t at = place_line(place).offset;
    unsigned line = 1, column = 1;

    for (const char *newline = text;
         (newline = memchr(newline, '\n', (size_t)(text + at - newline))); newline++)
        line++;
    while (at < place->offset) {
        size_t used = utf8_length(text + at, place->source->length - at);

        at += used ? used : 1;
        column++;
    }
    *ret_line = line;
    *ret_column = column;
}
