/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of xn cache; see cached_kernel.h. */
#include "model/cached_kernel.h"

#include <time.h>

#include "base/cache.h"
#include "base/mem.h"

#define KERNEL(row) ((const struct cache_file *)(row))

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, KERNEL(row)->name);
}

static void get_size(const void *row, struct value *value)
{
    value_set_uint(value, KERNEL(row)->size_bytes);
}

/* "2026-11-22T18:04:05Z" */
static void get_used(const void *row, struct value *value)
{
    char digits[32];
    struct tm utc;

    if (gmtime_r(&KERNEL(row)->used, &utc) &&
        strftime(digits, sizeof(digits), "%Y-%m-%dT%H:%M:%SZ", &utc) > 0)
        value_take_text(value, xstrdup(digits));
}

static void get_used_s(const void *row, struct value *value)
{
    value_set_int(value, KERNEL(row)->used);
}

static const struct column columns[] = {
    { .key = "name",
      .title = "NAME",
      .type = VALUE_TEXT,
      .get = get_name,
      .help = "SHA-256 of the packed kernel" },
    { .key = "size_bytes",
      .title = "SIZE",
      .type = VALUE_UINT,
      .get = get_size,
      .help = "size of the unpacked kernel" },
    { .key = "used",
      .title = "USED",
      .type = VALUE_TEXT,
      .get = get_used,
      .help = "when a guest was last started with it, UTC" },
    { .key = "used_s",
      .title = "USED-S",
      .type = VALUE_INT,
      .get = get_used_s,
      .help = "the same, counted from 1970" },
};

const struct column_table cached_kernel_columns = {
    .noun = "kernels",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "name,size_bytes,used",
};
