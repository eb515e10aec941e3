/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host knows about guests that need not run; see guests.h. */
#include "commands/guests.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/mem.h"
#include "config/source.h"

#define TABLE_NAME   "autostart.conf"
#define TABLE_MODE   0644
#define SAVED_ENDING ".save"
#define AWAY_ENDING  ".away"
#define PLAIN_LETTERS                                                                              \
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"                               \
    "._-+@"

char *guests_table_path(const char *folder)
{
    return xasprintf("%s/" TABLE_NAME, folder);
}

static int read_text(const char *path, char **ret_text, struct error **error)
{
    struct source source;
    int result;

    if (access(path, F_OK) < 0 && errno == ENOENT) {
        *ret_text = xstrdup("");
        return 0;
    }
    result = source_read(&source, path, error);
    *ret_text = TAKE(source.text);
    source_release(&source);
    return result;
}

int guests_read_table(const char *folder, struct autostart_table *table, struct error **error)
{
    auto_free char *path = guests_table_path(folder);
    auto_free char *text = NULL;

    if (read_text(path, &text, error) < 0)
        return -1;
    autostart_table_parse(table, path, text);
    return 0;
}

static int write_text(const char *path, const char *text, struct error **error)
{
    auto_durable file = DURABLE_INIT;

    if (durable_open(&file, path, error) < 0 ||
        file_write(file.fd, path, text, strlen(text), error) < 0)
        return -1;
    if (fchmod(file.fd, TABLE_MODE) < 0)
        return error_set_errno(error, ERR_FILE, "cannot write '%s'", path);
    return durable_commit(&file, error);
}

int guests_change_table(const char *folder, const char *name, const struct autostart_change *change,
                        struct error **error)
{
    auto_free char *path = guests_table_path(folder);
    auto_free char *text = NULL;
    auto_free char *new = NULL;

    if (read_text(path, &text, error) < 0 ||
        autostart_table_edit(path, text, name, change, &new, error) < 0)
        return -1;
    return strcmp(text, new) == 0 ? 0 : write_text(path, new, error);
}

static char *kept_path(const char *folder, const char *name, const char *ending)
{
    auto_str path = STR_INIT;

    str_addf(&path, "%s/", folder);
    for (const char *c = name; *c; c++) {
        if (strchr(PLAIN_LETTERS, *c) && !(c == name && *c == '.'))
            str_add_char(&path, *c);
        else
            str_addf(&path, "%%%02X", (unsigned)(unsigned char)*c);
    }
    str_add(&path, ending);
    return str_detach(&path);
}

char *saved_path(const char *folder, const char *name)
{
    return kept_path(folder, name, SAVED_ENDING);
}

char *away_path(const char *folder, const char *name)
{
    return kept_path(folder, name, AWAY_ENDING);
}

char *saved_name(const char *file_name)
{
    size_t length = strlen(file_name);
    auto_str name = STR_INIT;

    if (*file_name == '.' || !ends_with(file_name, SAVED_ENDING) || length == strlen(SAVED_ENDING))
        return NULL;
    length -= strlen(SAVED_ENDING);
    for (size_t i = 0; i < length; i++) {
        char digits[3] = { 0 };

        if (file_name[i] != '%') {
            str_add_char(&name, file_name[i]);
            continue;
        }
        if (i + 2 >= length || !isxdigit((unsigned char)file_name[i + 1]) ||
            !isxdigit((unsigned char)file_name[i + 2]))
            return NULL;
        memcpy(digits, file_name + i + 1, 2);
        str_add_char(&name, (char)strtoul(digits, NULL, 16));
        i += 2;
    }
    return str_detach(&name);
}

int guests_refuse_saved(const char *name, struct error **error)
{
    auto_free char *path = saved_path(SAVED_FOLDER, name);

    if (access(path, F_OK) < 0)
        return 0;
    error_set(error, ERR_REFUSED, "the memory of '%s' is saved in '%s'", name, path);
    return error_hint(error, "'xn start %s' lets it run on; to start it anew remove the file",
                      name);
}

const struct domain *guests_running(const struct domain_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->domains[i].name && strcmp(list->domains[i].name, name) == 0)
            return &list->domains[i];
    return NULL;
}

void guests_add_stopped(const struct guest_files *files, struct domain_list *list)
{
    for (size_t i = 0; i < files->count; i++) {
        const char *name = files->items[i].name;

        if (!name || guests_running(list, name))
            continue;
        list->domains = xreallocarray(list->domains, list->count + 1, sizeof(*list->domains));
        list->domains[list->count++] =
            (struct domain){ .domid = UINT32_MAX, .name = xstrdup(name), .stopped = true };
    }
}
