/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One small record for each guest under Xen's state folder; see restored.h. */
#include "migrate/restored.h"

#include <stdbool.h>
#include <stdio.h>
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

static bool read_record(const char *uuid, struct timespec *ret)
{
    auto_free char *path = record_path(uuid);
    FILE *file = fopen(path, "re");
    long long seconds;
    long nanoseconds;
    bool found;

    if (!file)
        return false;
    found = fscanf(file, "%lld.%ld", &seconds, &nanoseconds) == 2;
    fclose(file);
    if (found)
        *ret = (struct timespec){ .tv_sec = (time_t)seconds, .tv_nsec = nanoseconds };
    return found;
}

void restored_when(int fd, const char *uuid, char *text, size_t size)
{
    struct timespec restored;
    struct stat status;
    struct tm utc;

    *text = '\0';
    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || !read_record(uuid, &restored))
        return;
    if (is_later(&restored, &status.st_mtim) && gmtime_r(&restored.tv_sec, &utc))
        strftime(text, size, "%Y-%m-%d %H:%M:%S UTC", &utc);
}

void restored_note(const char *uuid)
{
    auto_free char *path = record_path(uuid);
    auto_durable file = DURABLE_INIT;
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    (void)mkdir(FOLDER, 0700);
    if (durable_open(&file, path, NULL) == 0 &&
        dprintf(file.fd, "%lld.%09ld\n", (long long)now.tv_sec, now.tv_nsec) > 0)
        (void)durable_commit(&file, NULL);
}
