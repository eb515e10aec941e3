/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One small record for each guest under Xen's state folder; see restored.h. */
#include "migrate/restored.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/mem.h"

#define FOLDER XEN_LIB_DIR "/xn-restored"

static char *record_path(const char *uuid)
{
    return xasprintf(FOLDER "/%s", uuid);
}

/* Two times as they stand in a record: seconds and nanoseconds. */
static bool is_later(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* When, and from which file: "" for one that has no name. */
struct record {
    struct timespec when;
    char source[PATH_MAX];
};

static bool read_record(const char *uuid, struct record *ret)
{
    auto_free char *path = record_path(uuid);
    FILE *file = fopen(path, "re");
    long long seconds;
    long nanoseconds;
    bool found;

    if (!file)
        return false;
    *ret = (struct record){ .source = "" };
    found = fscanf(file, "%lld.%ld", &seconds, &nanoseconds) == 2;
    if (found && fgetc(file) == ' ' && fgets(ret->source, sizeof(ret->source), file))
        ret->source[strcspn(ret->source, "\n")] = '\0';
    fclose(file);
    if (found)
        ret->when = (struct timespec){ .tv_sec = (time_t)seconds, .tv_nsec = nanoseconds };
    return found;
}

void restored_when(int fd, const char *uuid, char *text, size_t size)
{
    struct record restored;
    struct stat status;
    struct tm utc;

    *text = '\0';
    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || !read_record(uuid, &restored))
        return;
    if (is_later(&restored.when, &status.st_mtim) && gmtime_r(&restored.when.tv_sec, &utc))
        strftime(text, size, "%Y-%m-%d %H:%M:%S UTC", &utc);
}

/* The path of an open regular file; "" for others, and where one line cannot hold it. */
static void name_source(int fd, char *source, size_t size)
{
    auto_free char *link = xasprintf("/proc/self/fd/%d", fd);
    struct stat status;
    ssize_t length = -1;

    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        length = readlink(link, source, size - 1);
    source[length < 0 ? 0 : length] = '\0';
    if (strchr(source, '\n'))
        *source = '\0';
}

/* Older files of the guest may be there still, and of one without a name we know even less. */
#define GONE_DAYS     30
#define NAMELESS_DAYS 365

static bool is_outdated(const struct record *record, const struct timespec *now)
{
    time_t days = (now->tv_sec - record->when.tv_sec) / (24 * 60 * 60);
    struct stat status;

    if (!*record->source)
        return days >= NAMELESS_DAYS;
    return days >= GONE_DAYS && lstat(record->source, &status) < 0 && errno == ENOENT;
}

/* Otherwise a host that makes and saves guests for years would keep a record of each. */
static void forget_outdated(const struct timespec *now)
{
    DIR *folder = opendir(FOLDER);
    const struct dirent *entry;
    struct record record;

    while (folder && (entry = readdir(folder))) {
        auto_free char *path = record_path(entry->d_name);

        if (entry->d_name[0] != '.' && read_record(entry->d_name, &record) &&
            is_outdated(&record, now))
            (void)unlink(path);
    }
    if (folder)
        closedir(folder);
}

void restored_note(const char *uuid, int fd)
{
    auto_free char *path = record_path(uuid);
    auto_durable file = DURABLE_INIT;
    char source[PATH_MAX];
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    name_source(fd, source, sizeof(source));
    (void)mkdir(FOLDER, 0700);
    if (durable_open(&file, path, NULL) == 0 &&
        dprintf(file.fd, "%lld.%09ld %s\n", (long long)now.tv_sec, now.tv_nsec, source) > 0)
        (void)durable_commit(&file, NULL);
    forget_outdated(&now);
}
