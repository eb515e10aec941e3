/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn autostart list: who starts with the host, in which order. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "commands/autostart.h"
#include "out/listing.h"
#include "out/message.h"

const struct guest_file *autostart_find_enabled(const struct autostart_session *session,
                                                const char *name)
{
    for (size_t i = 0; i < session->files.count; i++) {
        const struct guest_file *file = &session->files.items[i];

        if (file->link && file->name && strcmp(file->name, name) == 0)
            return file;
    }
    return NULL;
}

struct rows {
    struct autostart_row *items;
    size_t count;
};

static void add_row(const struct autostart_session *session, const struct autostart_table *table,
                    struct rows *rows, const char *name, const struct guest_file *file)
{
    const struct domain *domain = guests_running(&session->domains, name);

    rows->items[rows->count++] = (struct autostart_row){
        .name = name,
        .enabled = file && file->link,
        .policy = autostart_policy_of(table, name),
        .state = !session->host ? NULL
                 : domain       ? domain_state(domain)
                                : "stopped",
        .file = file ? file->path : NULL,
        .link = file ? file->link : NULL,
    };
}

/* Who starts with the host, and who has settings without that. */
static void collect(const struct autostart_session *session, const struct autostart_table *table,
                    struct rows *rows)
{
    for (size_t i = 0; i < session->files.count; i++) {
        const struct guest_file *file = &session->files.items[i];

        if (file->link && file->name)
            add_row(session, table, rows, file->name, file);
    }
    for (size_t i = 0; i < table->count; i++) {
        const char *name = table->entries[i].name;

        if (*name && !autostart_find_enabled(session, name) &&
            autostart_table_find(table, name) == &table->entries[i])
            add_row(session, table, rows, name,
                    guest_files_find(&session->files, session->folder, name, NULL));
    }
}

static int compare_rows(const void *a, const void *b)
{
    const struct autostart_row *one = a, *two = b;

    if (one->policy.priority != two->policy.priority)
        return one->policy.priority < two->policy.priority ? -1 : 1;
    return strcmp(one->name, two->name);
}

/* What cannot be read is told beside the list. Returns how much that is. */
static size_t tell_problems(const struct autostart_session *session,
                            const struct autostart_table *table)
{
    const struct env *env = session->env;
    size_t count = 0;

    for (size_t i = 0; i < session->files.count; i++) {
        const struct guest_file *file = &session->files.items[i];

        if (!file->link || !file->problem)
            continue;
        message_error(env->err, env->output.format, env->program, "autostart", file->problem);
        count++;
    }
    for (size_t i = 0; i < table->count; i++) {
        if (!table->entries[i].problem)
            continue;
        message_error(env->err, env->output.format, env->program, "autostart",
                      table->entries[i].problem);
        count++;
    }
    return count;
}

int autostart_list(const struct autostart_session *session, struct error **error)
{
    auto_autostart_table table = AUTOSTART_TABLE_INIT;
    auto_free struct autostart_row *items = NULL;
    auto_free const void **pointers = NULL;
    struct rows rows = { NULL, 0 };
    struct listing listing = { .table = &autostart_columns };

    if (guests_read_table(session->folder, &table, error) < 0)
        return -1;
    items = xcalloc(session->files.count + table.count, sizeof(*items));
    pointers = xcalloc(session->files.count + table.count, sizeof(*pointers));
    rows.items = items;
    collect(session, &table, &rows);
    if (rows.count)
        qsort(items, rows.count, sizeof(*items), compare_rows);
    for (size_t i = 0; i < rows.count; i++)
        pointers[i] = &items[i];
    listing.rows = pointers;
    listing.count = rows.count;
    if (listing_print(&listing, &session->env->output, session->env->out, error) < 0)
        return -1;
    return tell_problems(session, &table) ? STATUS_PARTIAL : STATUS_DONE;
}
