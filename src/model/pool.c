/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU pools in words and listings; see pool.h. */
#include "model/pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"

void pool_list_release(struct pool_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->pools[i].name);
        free(list->pools[i].cpus);
        free(list->pools[i].cpu_ranges);
    }
    free(list->pools);
    *list = (struct pool_list){ NULL, 0 };
}

const struct pool *pool_list_find(const struct pool_list *list, const char *word,
                                  struct error **error)
{
    uint64_t number;
    bool is_number = parse_uint(word, UINT32_MAX, &number);

    for (size_t i = 0; is_number && i < list->count; i++)
        if (list->pools[i].id == number)
            return &list->pools[i];
    for (size_t i = 0; i < list->count; i++)
        if (list->pools[i].name && strcmp(list->pools[i].name, word) == 0)
            return &list->pools[i];
    error_set(error, ERR_POOL_NOT_FOUND,
              is_number ? "no CPU pool has the number %s" : "no CPU pool is called '%s'", word);
    error_hint(error, "'xn cpupool-list' shows the pools that are here");
    return NULL;
}

bool pool_has_cpu(const struct pool *pool, uint32_t cpu)
{
    for (size_t i = 0; i < pool->cpu_count; i++)
        if (pool->cpus[i] == cpu)
            return true;
    return false;
}

const struct pool *pool_list_owner(const struct pool_list *list, uint32_t cpu)
{
    for (size_t i = 0; i < list->count; i++)
        if (pool_has_cpu(&list->pools[i], cpu))
            return &list->pools[i];
    return NULL;
}

int pool_check_name(const char *name, struct error **error)
{
    if (!*name)
        return error_set(error, ERR_USAGE, "empty pool name");
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f || *c == '/')
            return error_set(error, ERR_USAGE, "'%s' is no name for a CPU pool: it holds '%c'",
                             name, *c);
    if (name[strspn(name, "0123456789")] == '\0') {
        error_set(error, ERR_USAGE, "'%s' is no name for a CPU pool: it is a number", name);
        return error_hint(error, "a number stands for the pool that has it");
    }
    return 0;
}

#define POOL(row) ((const struct pool *)(row))

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, POOL(row)->name);
}

static void get_id(const void *row, struct value *value)
{
    value_set_uint(value, POOL(row)->id);
}

static void get_scheduler(const void *row, struct value *value)
{
    value_set_text(value, POOL(row)->scheduler);
}

static void get_cpus(const void *row, struct value *value)
{
    value_set_uint(value, POOL(row)->cpu_count);
}

static void get_cpu_list(const void *row, struct value *value)
{
    value_set_text(value, POOL(row)->cpu_ranges);
}

static void get_domains(const void *row, struct value *value)
{
    value_set_uint(value, POOL(row)->domains);
}

static const struct column columns[] = {
    { "name", "NAME", VALUE_TEXT, "name of the pool", get_name },
    { "pool_id", "ID", VALUE_UINT, "number of the pool", get_id },
    { "scheduler", "SCHEDULER", VALUE_TEXT, "credit, credit2, rtds ...", get_scheduler },
    { "cpus", "CPUS", VALUE_UINT, "how many CPUs it has", get_cpus },
    { "cpu_list", "CPU-LIST", VALUE_TEXT, "which CPUs these are", get_cpu_list },
    { "domains", "DOMAINS", VALUE_UINT, "how many domains run in it", get_domains },
};

const struct column_table pool_columns = {
    .noun = "cpupools",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "name,pool_id,scheduler,cpu_list,domains",
};

static void xl_line(struct str *out, const void *row)
{
    auto_free char *name = printable(POOL(row)->name);

    str_addf(out, "%-19s%3zu %9s       y       %4u", name, POOL(row)->cpu_count,
             POOL(row)->scheduler, POOL(row)->domains);
}

static void xl_cpu_line(struct str *out, const void *row)
{
    auto_free char *name = printable(POOL(row)->name);

    str_addf(out, "%-19s", name);
    for (size_t i = 0; i < POOL(row)->cpu_count; i++)
        str_addf(out, "%s%u", i ? "," : "", POOL(row)->cpus[i]);
}

const struct xl_column *pool_xl_column(bool cpus)
{
    static const struct xl_column plain = {
        "Name               CPUs   Sched     Active   Domain count", xl_line
    };
    static const struct xl_column with_cpus = { "Name               CPU list", xl_cpu_line };

    return cpus ? &with_cpus : &plain;
}
