/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files of lines "key=value", replaced in one step; see record.h. */
#include "migrate/record.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/lock.h"

#define FOLDER XEN_LIB_DIR "/xn-migrations"

static const char *suffix_of(bool incoming)
{
    return incoming ? "in" : "out";
}

static char *record_path(const char *uuid, bool incoming)
{
    return xasprintf(FOLDER "/%s.%s", uuid, suffix_of(incoming));
}

/* A value is one line; what is not printable cannot be used again, only shown. */
static void add_text(struct str *text, const char *key, const char *value)
{
    if (!value)
        return;
    str_addf(text, "%s=", key);
    str_add_printable(text, value, strlen(value));
    str_add_char(text, '\n');
}

int record_write(struct migration *migration, enum migration_state state, struct error **error)
{
    auto_free char *path = record_path(migration->uuid, migration->incoming);
    auto_str text = STR_INIT;

    migration->time_s = (uint64_t)time(NULL);
    add_text(&text, "state", migration_state_name(state));
    add_text(&text, "name", migration->name);
    add_text(&text, "host", migration->host);
    add_text(&text, "ssh", migration->ssh);
    add_text(&text, "program", migration->program);
    str_addf(&text, "domid=%u\ntime=%llu\n", migration->domid,
             (unsigned long long)migration->time_s);
    if (mkdir(FOLDER, 0700) < 0 && errno != EEXIST)
        return error_set_errno(error, ERR_FILE, "cannot make the folder '%s'", FOLDER);
    if (durable_write(path, text.text, text.length, error) < 0)
        return -1;
    migration->state = state;
    return 0;
}

static void take_line(struct migration *migration, const char *key, const char *value)
{
    uint64_t number = 0;

    if (strcmp(key, "state") == 0)
        migration->state = migration_state_from(value);
    else if (strcmp(key, "name") == 0)
        migration->name = xstrdup(value);
    else if (strcmp(key, "host") == 0)
        migration->host = xstrdup(value);
    else if (strcmp(key, "ssh") == 0)
        migration->ssh = xstrdup(value);
    else if (strcmp(key, "program") == 0)
        migration->program = xstrdup(value);
    else if (strcmp(key, "domid") == 0 && parse_uint(value, UINT32_MAX, &number))
        migration->domid = (uint32_t)number;
    else if (strcmp(key, "time") == 0 && parse_uint(value, INT64_MAX, &number))
        migration->time_s = number;
}

static int read_lines(const char *path, struct migration *migration, struct error **error)
{
    FILE *file = fopen(path, "re");
    char line[4096];

    if (!file && errno == ENOENT)
        return 0;
    if (!file)
        return error_set_errno(error, ERR_FILE, "cannot read '%s'", path);
    while (fgets(line, sizeof(line), file)) {
        char *value = strchr(line, '=');

        line[strcspn(line, "\n")] = '\0';
        if (!value)
            continue;
        *value++ = '\0';
        take_line(migration, line, value);
    }
    fclose(file);
    if (migration->state == MIGRATION_NONE)
        return error_set(error, ERR_FILE, "'%s' is damaged", path);
    return 0;
}

static bool is_busy(const struct migration *migration)
{
    bool held = false;

    if (migration->incoming)
        (void)lock_receiving_probe(migration->uuid, &held, NULL);
    else
        (void)lock_saving_probe(migration->uuid, &held, NULL);
    return held;
}

int record_read(const char *uuid, bool incoming, struct migration *ret, struct error **error)
{
    auto_free char *path = record_path(uuid, incoming);

    *ret = (struct migration){ .incoming = incoming };
    snprintf(ret->uuid, sizeof(ret->uuid), "%s", uuid);
    if (read_lines(path, ret, error) < 0)
        return -1;
    ret->busy = is_busy(ret);
    return 0;
}

int record_remove(const char *uuid, bool incoming, struct error **error)
{
    auto_free char *path = record_path(uuid, incoming);

    if (unlink(path) < 0 && errno != ENOENT)
        return error_set_errno(error, ERR_FILE, "cannot remove '%s'", path);
    return 0;
}

static int compare_names(const void *a, const void *b)
{
    const struct migration *one = a, *other = b;
    int order = strcmp(one->name ? one->name : "", other->name ? other->name : "");

    return order ? order : strcmp(one->uuid, other->uuid);
}

/* "UUID.in" or "UUID.out"; whatever else lies there is no record. */
static bool parse_name(const char *name, char *uuid, bool *incoming)
{
    if (strlen(name) < UUID_TEXT_SIZE || name[UUID_TEXT_SIZE - 1] != '.' ||
        strspn(name, "0123456789abcdef-") != UUID_TEXT_SIZE - 1)
        return false;
    *incoming = strcmp(name + UUID_TEXT_SIZE, suffix_of(true)) == 0;
    if (!*incoming && strcmp(name + UUID_TEXT_SIZE, suffix_of(false)) != 0)
        return false;
    memcpy(uuid, name, UUID_TEXT_SIZE - 1);
    uuid[UUID_TEXT_SIZE - 1] = '\0';
    return true;
}

int record_list(struct migration_list *list, struct error **error)
{
    DIR *folder = opendir(FOLDER);
    const struct dirent *entry;
    int result = 0;

    *list = (struct migration_list){ NULL, 0 };
    if (!folder)
        return errno == ENOENT
                   ? 0
                   : error_set_errno(error, ERR_FILE, "cannot read the folder '%s'", FOLDER);
    while (result == 0 && (entry = readdir(folder))) {
        char uuid[UUID_TEXT_SIZE];
        bool incoming;

        if (!parse_name(entry->d_name, uuid, &incoming))
            continue;
        list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
        result = record_read(uuid, incoming, &list->items[list->count++], error);
    }
    closedir(folder);
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), compare_names);
    return result;
}

int record_refuse(const char *uuid, bool copy_is_here, const char *action, struct error **error)
{
    auto_migration out = { 0 }, in = { 0 };

    if (record_read(uuid, false, &out, error) < 0 || record_read(uuid, true, &in, error) < 0)
        return -1;
    if (out.state == MIGRATION_HANDED_OVER || out.state == MIGRATION_ARRIVED) {
        error_set(error, ERR_REFUSED,
                  "will not %s it: it was being moved to '%s' and may run there", action,
                  out.host ? out.host : "another host");
        return error_hint(error, "'xn recover %s' looks at both ends and says what is safe", uuid);
    }
    if (copy_is_here && in.state == MIGRATION_RECEIVING) {
        error_set(error, ERR_REFUSED, "will not %s it: it was not received whole", action);
        return error_hint(error, "'xn recover %s' says what is safe", uuid);
    }
    return 0;
}
