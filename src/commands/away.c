/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Notes of guests that have left this host; see away.h. */
#include "commands/away.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/mem.h"
#include "commands/guests.h"
#include "migrate/record.h"

int away_note(const char *folder, const char *name, const char *host, struct error **error)
{
    auto_free char *path = away_path(folder, name);
    auto_free char *line = xasprintf("%s\n", host);

    return durable_write(path, line, strlen(line), error);
}

int away_forget(const char *folder, const char *name, struct error **error)
{
    auto_free char *path = away_path(folder, name);

    if (unlink(path) < 0 && errno != ENOENT)
        return error_set_errno(error, ERR_FILE, "cannot remove '%s'", path);
    return 0;
}

/* When the note was made, since 1970, and what it says; 0: there is none. One that cannot be read
 * holds all the same. */
static uint64_t read_note(const char *path, char *host, size_t size)
{
    FILE *file = fopen(path, "re");
    struct stat status;

    snprintf(host, size, "another host");
    if (!file && errno == ENOENT)
        return 0;
    if (file && fgets(host, (int)size, file))
        host[strcspn(host, "\n")] = '\0';
    if (!file || fstat(fileno(file), &status) < 0)
        status.st_mtime = 0;
    if (file)
        fclose(file);
    return status.st_mtime > 0 ? (uint64_t)status.st_mtime : UINT64_MAX;
}

static void tell_moved(const char *name, const char *host, const char *path, struct error **error)
{
    error_set(error, ERR_REFUSED, "'%s' was moved to '%s' when this host stopped", name, host);
    error_hint(error, "'xn migrate' over there brings it back; if it is not there, remove '%s'",
               path);
}

static void tell_unsure(const struct migration *record, struct error **error)
{
    error_set(error, ERR_REFUSED, "'%s' was being moved to '%s' and may run there", record->name,
              record->host ? record->host : "another host");
    error_hint(error, "'xn recover %s' looks at both ends and says what is safe", record->uuid);
}

enum whereabouts away_look(const char *folder, const char *name, struct error **error)
{
    auto_free char *path = away_path(folder, name);
    auto_migration_list records = { NULL, 0 };
    const struct migration *record = NULL;
    enum whereabouts where;
    char host[300];
    uint64_t noted_s = read_note(path, host, sizeof(host));

    if (record_list(&records, error) < 0)
        return GUEST_UNSURE;
    where = migration_whereabouts(&records, name, noted_s, &record);
    if (where == GUEST_MOVED)
        tell_moved(name, host, path, error);
    else if (where == GUEST_UNSURE)
        tell_unsure(record, error);
    return where;
}
