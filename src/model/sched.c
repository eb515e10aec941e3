/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parameters of schedulers: their limits and their lists; see sched.h. */
#include "model/sched.h"

#include <stdlib.h>

#include "base/mem.h"

void sched_pool_list_release(struct sched_pool_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->pools[i].name);
    free(list->pools);
    *list = (struct sched_pool_list){ NULL, 0 };
}

void sched_row_list_release(struct sched_row_list *list)
{
    free(list->rows);
    *list = (struct sched_row_list){ NULL, 0 };
}

struct sched_row *sched_row_list_add(struct sched_row_list *list)
{
    list->rows = xreallocarray(list->rows, list->count + 1, sizeof(*list->rows));
    list->rows[list->count] = (struct sched_row){ .pool = NULL };
    return &list->rows[list->count++];
}

const char *sched_kind_name(enum sched_kind kind)
{
    static const char *const names[] = {
        [SCHED_CREDIT] = "credit", [SCHED_CREDIT2] = "credit2", [SCHED_RTDS] = "rtds"
    };

    return names[kind];
}

bool sched_change_domain(const struct sched_change *change)
{
    return change->weight != SCHED_KEEP || change->cap != SCHED_KEEP ||
           change->period_us != SCHED_KEEP || change->budget_us != SCHED_KEEP ||
           change->extratime != SCHED_KEEP;
}

bool sched_change_pool(const struct sched_change *change)
{
    return change->tslice_ms != SCHED_KEEP || change->ratelimit_us != SCHED_KEEP ||
           change->migration_delay_us != SCHED_KEEP;
}

/* The hypervisor's own limits (xen/public/sysctl.h and domctl.h). */
static int check_range(const char *what, const char *unit, uint64_t value, uint64_t min,
                       uint64_t max, struct error **error)
{
    if (value == SCHED_KEEP || (value >= min && value <= max))
        return 0;
    return error_set(error, ERR_USAGE, "%s %llu is out of range: it can be %llu to %llu%s", what,
                     (unsigned long long)value, (unsigned long long)min, (unsigned long long)max,
                     unit);
}

static int check_credit(const struct sched_change *change, struct error **error)
{
    if (check_range("weight", "", change->weight, 1, 65535, error) < 0 ||
        check_range("time slice", " ms", change->tslice_ms, 1, 1000, error) < 0 ||
        check_range("migration delay", " us", change->migration_delay_us, 0, 100000, error) < 0)
        return -1;
    /* 0 turns it off. */
    if (change->ratelimit_us == 0)
        return 0;
    return check_range("rate limit", " us, or 0 for none", change->ratelimit_us, 100, 500000,
                       error);
}

static int check_rtds(const struct sched_change *change, struct error **error)
{
    if (check_range("period", " us", change->period_us, 10, UINT32_MAX, error) < 0 ||
        check_range("budget", " us", change->budget_us, 10, UINT32_MAX, error) < 0 ||
        check_range("extra time", "", change->extratime, 0, 1, error) < 0)
        return -1;
    if (change->budget_us != SCHED_KEEP && change->period_us != SCHED_KEEP &&
        change->budget_us > change->period_us)
        return error_set(error, ERR_USAGE, "a budget of %llu us does not fit into %llu us",
                         (unsigned long long)change->budget_us,
                         (unsigned long long)change->period_us);
    return 0;
}

int sched_change_check(enum sched_kind kind, const struct sched_change *change,
                       struct error **error)
{
    return kind == SCHED_RTDS ? check_rtds(change, error) : check_credit(change, error);
}

/* The columns. */

#define ROW(row) ((const struct sched_row *)(row))

static void get_name(const void *row, struct value *value)
{
    if (ROW(row)->domain)
        value_set_text(value, ROW(row)->domain->name);
}

static void get_domid(const void *row, struct value *value)
{
    if (ROW(row)->domain)
        value_set_uint(value, ROW(row)->domain->domid);
}

static void get_uuid(const void *row, struct value *value)
{
    if (ROW(row)->domain)
        value_set_text(value, ROW(row)->domain->uuid);
}

static void get_pool(const void *row, struct value *value)
{
    value_set_text(value, ROW(row)->pool->name);
}

static void get_vcpu(const void *row, struct value *value)
{
    if (ROW(row)->has_vcpu)
        value_set_uint(value, ROW(row)->vcpu);
}

#define DOMAIN_GETTER(field)                                                                       \
    static void get_##field(const void *row, struct value *value)                                  \
    {                                                                                              \
        if (ROW(row)->domain)                                                                      \
            value_set_uint(value, ROW(row)->field);                                                \
    }
#define POOL_GETTER(field)                                                                         \
    static void get_##field(const void *row, struct value *value)                                  \
    {                                                                                              \
        if (ROW(row)->pool->known)                                                                 \
            value_set_uint(value, ROW(row)->pool->field);                                          \
    }

DOMAIN_GETTER(weight)
DOMAIN_GETTER(cap)
DOMAIN_GETTER(period_us)
DOMAIN_GETTER(budget_us)
POOL_GETTER(tslice_ms)
POOL_GETTER(ratelimit_us)
POOL_GETTER(migration_delay_us)

static void get_extratime(const void *row, struct value *value)
{
    if (ROW(row)->domain)
        value_set_bool(value, ROW(row)->extratime);
}

#define WHO_COLUMNS                                                                                \
    { "name", "NAME", VALUE_TEXT, "name of the domain", get_name },                                \
        { "domid", "ID", VALUE_UINT, "number of the domain on this host", get_domid },             \
        { "uuid", "UUID", VALUE_TEXT, "UUID of the domain", get_uuid },                            \
    {                                                                                              \
        "cpupool", "CPUPOOL", VALUE_TEXT, "CPU pool that it runs in", get_pool                     \
    }
#define SHARE_COLUMNS                                                                              \
    { "weight", "WEIGHT", VALUE_UINT, "its share of CPU time, against others'", get_weight },      \
    {                                                                                              \
        "cap", "CAP", VALUE_UINT, "at most so many hundredths of a CPU; 0: no limit", get_cap      \
    }
#define RATELIMIT_COLUMN                                                                           \
    {                                                                                              \
        "ratelimit_us", "RATELIMIT", VALUE_UINT, "of the pool: how long one runs at least",        \
            get_ratelimit_us                                                                       \
    }

static const struct column credit_columns[] = {
    WHO_COLUMNS,
    SHARE_COLUMNS,
    { "tslice_ms", "TSLICE", VALUE_UINT, "of the pool: how long one runs at most", get_tslice_ms },
    RATELIMIT_COLUMN,
    { "migration_delay_us", "MIGR-DELAY", VALUE_UINT, "of the pool: how long its cache is hot",
      get_migration_delay_us },
};

static const struct column credit2_columns[] = { WHO_COLUMNS, SHARE_COLUMNS, RATELIMIT_COLUMN };

static const struct column rtds_columns[] = {
    WHO_COLUMNS,
    { "vcpu", "VCPU", VALUE_UINT, "number of its virtual CPU", get_vcpu },
    { "period_us", "PERIOD", VALUE_UINT, "how often it gets its budget", get_period_us },
    { "budget_us", "BUDGET", VALUE_UINT, "CPU time that it gets in each period", get_budget_us },
    { "extratime", "EXTRA", VALUE_BOOL, "may use CPU time that is left over", get_extratime },
};

const struct column_table sched_credit_columns = {
    .noun = "schedules",
    .columns = credit_columns,
    .count = ARRAY_SIZE(credit_columns),
    .defaults = "name,domid,cpupool,weight,cap",
};

const struct column_table sched_credit2_columns = {
    .noun = "schedules",
    .columns = credit2_columns,
    .count = ARRAY_SIZE(credit2_columns),
    .defaults = "name,domid,cpupool,weight,cap",
};

const struct column_table sched_rtds_columns = {
    .noun = "schedules",
    .columns = rtds_columns,
    .count = ARRAY_SIZE(rtds_columns),
    .defaults = "name,domid,cpupool,vcpu,period_us,budget_us,extratime",
};

/* xl's layouts. */

void sched_pool_xl_line(enum sched_kind kind, const struct sched_pool *pool, struct str *text)
{
    auto_free char *name = printable(pool->name ? pool->name : "(null)");

    str_addf(text, "Cpupool %s: ", name);
    if (kind == SCHED_RTDS)
        str_add(text, "sched=RTDS\n");
    else if (!pool->known)
        str_add(text, "[sched params unavailable]\n");
    else if (kind == SCHED_CREDIT2)
        str_addf(text, "ratelimit=%uus\n", pool->ratelimit_us);
    else
        str_addf(text, "tslice=%ums ratelimit=%uus migration-delay=%uus\n", pool->tslice_ms,
                 pool->ratelimit_us, pool->migration_delay_us);
}

static void xl_who(struct str *out, const struct sched_row *row)
{
    auto_free char *name = printable(row->domain->name ? row->domain->name : "(null)");

    str_addf(out, "%-33s %4u", name, row->domain->domid);
}

static void xl_credit(struct str *out, const void *row)
{
    xl_who(out, row);
    str_addf(out, " %6u %4u", ROW(row)->weight, ROW(row)->cap);
}

static void xl_rtds(struct str *out, const void *row)
{
    xl_who(out, row);
    if (ROW(row)->has_vcpu)
        str_addf(out, " %4u", ROW(row)->vcpu);
    str_addf(out, " %9u %9u %10s", ROW(row)->period_us, ROW(row)->budget_us,
             ROW(row)->extratime ? "yes" : "no");
}

const struct xl_column *sched_xl_column(enum sched_kind kind, bool vcpus)
{
    static const struct xl_column credit = { "Name                                ID Weight  Cap",
                                             xl_credit };
    static const struct xl_column rtds = {
        "Name                                ID    Period    Budget  Extratime", xl_rtds
    };
    static const struct xl_column rtds_vcpus = {
        "Name                                ID VCPU    Period    Budget  Extratime", xl_rtds
    };

    if (kind == SCHED_RTDS)
        return vcpus ? &rtds_vcpus : &rtds;
    return &credit;
}
