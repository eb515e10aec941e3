/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How uptimes are written; see uptime.h. */
#include "model/uptime.h"

#include <string.h>
#include <time.h>

#include "base/mem.h"

#define MINUTE_S    60
#define HOUR_S      (60 * MINUTE_S)
#define DAY_S       (24 * HOUR_S)

#define UPTIME(row) ((const struct uptime *)(row))

uint64_t uptime_seconds(const struct uptime *uptime)
{
    return uptime->now_s > uptime->start_s ? uptime->now_s - uptime->start_s : 0;
}

void uptime_text(uint64_t seconds, bool brief, struct str *out)
{
    unsigned long long days = seconds / DAY_S;

    if (days)
        str_addf(out, "%llu day%s, ", days, days == 1 ? "" : "s");
    str_addf(out, "%2d:%02d", (int)(seconds % DAY_S / HOUR_S), (int)(seconds % HOUR_S / MINUTE_S));
    if (!brief)
        str_addf(out, ":%02d", (int)(seconds % MINUTE_S));
}

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, UPTIME(row)->domain->name);
}

static void get_domid(const void *row, struct value *value)
{
    value_set_uint(value, UPTIME(row)->domain->domid);
}

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, UPTIME(row)->domain->uuid);
}

static void get_uptime(const void *row, struct value *value)
{
    if (UPTIME(row)->known)
        value_set_uint(value, uptime_seconds(row));
}

static void get_start_time(const void *row, struct value *value)
{
    if (UPTIME(row)->known)
        value_set_uint(value, UPTIME(row)->start_s);
}

static const struct column columns[] = {
    { .key = "name",
      .title = "NAME",
      .type = VALUE_TEXT,
      .get = get_name,
      .help = "name of the domain" },
    { .key = "domid",
      .title = "ID",
      .type = VALUE_UINT,
      .get = get_domid,
      .help = "number of the domain on this host" },
    { .key = "uuid",
      .title = "UUID",
      .type = VALUE_TEXT,
      .get = get_uuid,
      .help = "UUID of the domain" },
    { .key = "uptime_s",
      .title = "UPTIME-S",
      .type = VALUE_UINT,
      .get = get_uptime,
      .help = "how long it has been running here" },
    { .key = "start_time_s",
      .title = "START-S",
      .type = VALUE_UINT,
      .get = get_start_time,
      .help = "when it was started, counted from 1970" },
};

const struct column_table uptime_columns = {
    .noun = "uptimes",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "name,domid,uptime_s",
};

/* xl's layout. The row is one whose uptime is known. */

static char *name_text(const void *row)
{
    const char *name = UPTIME(row)->domain->name;

    return printable(name ? name : "(null)");
}

static void xl_name(struct str *out, const void *row)
{
    auto_free char *name = name_text(row);

    str_addf(out, "%-33s ", name);
}

static void xl_domid(struct str *out, const void *row)
{
    str_addf(out, "%4u ", UPTIME(row)->domain->domid);
}

static void xl_uptime(struct str *out, const void *row)
{
    uptime_text(uptime_seconds(row), false, out);
}

static void xl_brief(struct str *out, const void *row)
{
    auto_free char *name = name_text(row);
    time_t now = (time_t)UPTIME(row)->now_s;
    struct tm local = { 0 };

    localtime_r(&now, &local);
    str_addf(out, " %02d:%02d:%02d up ", local.tm_hour, local.tm_min, local.tm_sec);
    uptime_text(uptime_seconds(row), true, out);
    str_addf(out, ", %s (%u)", name, UPTIME(row)->domain->domid);
}

size_t uptime_xl_columns(bool brief, const struct xl_column **ret_columns)
{
    static const struct xl_column full[] = {
        { "Name                              ", xl_name },
        { "  ID ", xl_domid },
        { "Uptime", xl_uptime },
    };
    static const struct xl_column line[] = { { "", xl_brief } };

    *ret_columns = brief ? line : full;
    return brief ? ARRAY_SIZE(line) : ARRAY_SIZE(full);
}
