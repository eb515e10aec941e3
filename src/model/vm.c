/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of the listing by UUIDs; see vm.h. */
#include "model/vm.h"

#include "base/mem.h"

#define DOMAIN(row) ((const struct domain *)(row))

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->uuid);
}

static void get_domid(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->domid);
}

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->name);
}

static const struct column columns[] = {
    { .key = "uuid",
      .title = "UUID",
      .type = VALUE_TEXT,
      .get = get_uuid,
      .help = "UUID, kept over reboots and migrations" },
    { .key = "domid",
      .title = "ID",
      .type = VALUE_UINT,
      .get = get_domid,
      .help = "number of the domain on this host" },
    { .key = "name",
      .title = "NAME",
      .type = VALUE_TEXT,
      .get = get_name,
      .help = "name of the domain" },
};

const struct column_table vm_columns = {
    .noun = "vms",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "uuid,domid,name",
};

static void xl_uuid(struct str *out, const void *row)
{
    str_addf(out, "%s  ", DOMAIN(row)->uuid);
}

static void xl_domid(struct str *out, const void *row)
{
    str_addf(out, "%u    ", DOMAIN(row)->domid);
}

static void xl_name(struct str *out, const void *row)
{
    auto_free char *name = printable(DOMAIN(row)->name ? DOMAIN(row)->name : "(null)");

    str_addf(out, "%-30s", name);
}

const struct xl_column vm_xl_columns[VM_XL_COLUMNS] = {
    { "UUID                                  ", xl_uuid },
    { "ID    ", xl_domid },
    { "name", xl_name },
};
