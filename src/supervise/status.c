/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows of 'xn supervise --status'; see status.h. */
#include "supervise/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool parse_line(const char *line, struct supervised *guest)
{
    unsigned long long seconds;
    int name = 0;

    *guest = (struct supervised){ .domid = 0 };
    if (sscanf(line, "%u %36s %llu %u %15s %n", &guest->domid, guest->uuid, &seconds,
               &guest->quick_restarts, guest->state, &name) != 5 ||
        !name)
        return false;
    guest->watched_seconds = seconds;
    guest->name = xstrdup(line + name);
    return true;
}

void supervised_parse(const char *text, struct supervised_list *list)
{
    auto_string_list lines = STRING_LIST_INIT;
    struct supervised guest;

    *list = (struct supervised_list){ NULL, 0 };
    string_list_split(&lines, text, '\n');
    for (size_t i = 0; i < lines.count; i++) {
        if (!parse_line(lines.items[i], &guest))
            continue;
        list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
        list->items[list->count++] = guest;
    }
}

void supervised_list_release(struct supervised_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].name);
    free(list->items);
    *list = (struct supervised_list){ NULL, 0 };
}

#define GUEST(row) ((const struct supervised *)(row))

static void get_domain(const void *row, struct value *value)
{
    value_set_text(value, GUEST(row)->name);
}

static void get_domid(const void *row, struct value *value)
{
    value_set_uint(value, GUEST(row)->domid);
}

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, GUEST(row)->uuid);
}

static void get_state(const void *row, struct value *value)
{
    value_set_text(value, GUEST(row)->state);
}

static void get_watched_seconds(const void *row, struct value *value)
{
    value_set_uint(value, GUEST(row)->watched_seconds);
}

static void get_quick_restarts(const void *row, struct value *value)
{
    value_set_uint(value, GUEST(row)->quick_restarts);
}

static const struct column columns[] = {
    { "domain", "DOMAIN", VALUE_TEXT, "name of the guest when it was first seen", get_domain },
    { "domid", "ID", VALUE_UINT, "number of the domain", get_domid },
    { "uuid", "UUID", VALUE_TEXT, "UUID of the domain", get_uuid },
    { "state", "STATE", VALUE_TEXT, "watched, or ending while something is done about its end",
      get_state },
    { "watched_seconds", "SECONDS", VALUE_UINT, "since when this domain is looked after",
      get_watched_seconds },
    { "quick_restarts", "RESTARTS", VALUE_UINT,
      "restarts in a row soon after a start; from the third on they are delayed",
      get_quick_restarts },
};

const struct column_table supervised_columns = {
    .noun = "guests",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,domid,state,watched_seconds,quick_restarts",
};
