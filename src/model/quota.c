/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How quotas of xenstore are listed; see quota.h. */
#include "model/quota.h"

#include <stdlib.h>

#include "base/mem.h"

void quota_list_add(struct quota_list *list, const char *name, uint32_t value)
{
    list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = (struct quota){ xstrdup(name ? name : ""), value };
}

void quota_list_release(struct quota_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].name);
    free(list->items);
    *list = (struct quota_list){ NULL, 0 };
}

#define QUOTA(row) ((const struct quota *)(row))

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, QUOTA(row)->name);
}

static void get_value(const void *row, struct value *value)
{
    value_set_uint(value, QUOTA(row)->value);
}

static const struct column columns[] = {
    { .key = "quota",
      .title = "QUOTA",
      .type = VALUE_TEXT,
      .get = get_name,
      .help = "name of the quota" },
    { .key = "value",
      .title = "VALUE",
      .type = VALUE_UINT,
      .get = get_value,
      .help = "how much is allowed" },
};

const struct column_table quota_columns = {
    .noun = "quotas",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "quota,value",
};

static void xl_name(struct str *out, const void *row)
{
    auto_free char *name = printable(QUOTA(row)->name);

    str_addf(out, "%-20s", name);
}

static void xl_value(struct str *out, const void *row)
{
    str_addf(out, " %8u", QUOTA(row)->value);
}

size_t quota_xl_columns(const struct xl_column **ret_columns)
{
    static const struct xl_column xl[] = {
        { "Quota name          ", xl_name },
        { " Quota value\n--------------------------------", xl_value },
    };

    *ret_columns = xl;
    return ARRAY_SIZE(xl);
}
