/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of claims and sharing; see memory_use.h. */
#include "model/memory_use.h"

#include "base/mem.h"

#define DOMAIN(row) ((const struct domain *)(row))

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->name);
}

static void get_domid(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->domid);
}

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->uuid);
}

static void get_memory(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->memory_kib);
}

static void get_claimed(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->claimed_kib);
}

static void get_shared(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->shared_kib);
}

static const struct column columns[] = {
    { "name", "NAME", VALUE_TEXT, "name of the domain", get_name },
    { "domid", "ID", VALUE_UINT, "number of the domain on this host", get_domid },
    { "uuid", "UUID", VALUE_TEXT, "UUID of the domain", get_uuid },
    { "memory_kib", "MEM-KIB", VALUE_UINT, "memory it holds now", get_memory },
    { "claimed_kib", "CLAIM-KIB", VALUE_UINT, "claimed while it is being built", get_claimed },
    { "shared_kib", "SHARED-KIB", VALUE_UINT, "memory it shares with others", get_shared },
};

const struct column_table memory_use_columns = {
    .noun = "domains",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "name,domid,memory_kib,claimed_kib,shared_kib",
};

static void xl_sharing(struct str *out, const void *row)
{
    const struct domain *domain = row;
    auto_free char *name = printable(domain->name ? domain->name : "(null)");

    str_addf(out, "%-40s %5u %5llu  %5llu", name, domain->domid,
             (unsigned long long)(domain->memory_kib + domain->claimed_kib) / 1024,
             (unsigned long long)domain->shared_kib / 1024);
}

const struct xl_column sharing_xl_column = {
    "Name                                        ID   Mem Shared",
    xl_sharing,
};

static void xl_claimed(struct str *out, const void *row)
{
    str_addf(out, " %5llu", (unsigned long long)DOMAIN(row)->claimed_kib / 1024);
}

size_t claims_xl_columns(struct xl_column *xl)
{
    struct domain_layout layout = { .verbose = false };
    size_t count = domain_xl_columns(&layout, xl);

    xl[count++] = (struct xl_column){ "  Claimed", xl_claimed };
    return count;
}
