/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One small record for each guest under Xen's state folder; see restored.h. */
#include "migrate/restored.h"

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

/* What tells one saved file from another: a copy counts as the same neither by inode nor by time,
 * but is rarely made. */
static int identify(int fd, char *text, size_t size)
{
    struct stat status;

    if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode))
        return -1;
    snprintf(text, size, "%llu %llu %lld %lld.%09ld", (unsigned long long)status.st_dev,
             (unsigned long long)status.st_ino, (long long)status.st_size,
             (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    return 0;
}

void restored_when(int fd, const char *uuid, char *text, size_t size)
{
    auto_free char *path = record_path(uuid);
    char mine[128], theirs[128] = "", when[64] = "";
    FILE *file;

    *text = '\0';
    if (identify(fd, mine, sizeof(mine)) < 0)
        return;
    file = fopen(path, "re");
    if (!file)
        return;
    if (fscanf(file, "%127[^\n]\n%63[^\n]", theirs, when) == 2 && strcmp(mine, theirs) == 0)
        snprintf(text, size, "%s", when);
    fclose(file);
}

void restored_note(int fd, const char *uuid)
{
    auto_free char *path = record_path(uuid);
    auto_durable file = DURABLE_INIT;
    char identity[128], when[64];
    time_t now = time(NULL);
    struct tm utc;

    if (identify(fd, identity, sizeof(identity)) < 0 || !gmtime_r(&now, &utc))
        return;
    strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S UTC", &utc);
    (void)mkdir(FOLDER, 0700);
    if (durable_open(&file, path, NULL) == 0 && dprintf(file.fd, "%s\n%s\n", identity, when) > 0)
        (void)durable_commit(&file, NULL);
}
