/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the schedulers are told about domains, their CPUs and CPU pools. */
#ifndef XN_MODEL_SCHED_H
#define XN_MODEL_SCHED_H

#include "base/error.h"
#include "model/domain.h"

enum sched_kind { SCHED_CREDIT, SCHED_CREDIT2, SCHED_RTDS };

struct sched_pool {
    char *name; /* untrusted */
    uint32_t id;
    bool known; /* the hypervisor told the parameters of the scheduler */
    uint32_t tslice_ms, ratelimit_us, migration_delay_us;
};

struct sched_pool_list {
    struct sched_pool *pools;
    size_t count;
};

#define auto_sched_pool_list                                                                       \
    __attribute__((cleanup(sched_pool_list_release))) struct sched_pool_list

void sched_pool_list_release(struct sched_pool_list *list);

/* About a pool, a domain in it, or a CPU of that domain. */
struct sched_row {
    const struct sched_pool *pool;
    const struct domain *domain; /* NULL: about the pool */
    bool has_vcpu;
    uint32_t vcpu;
    uint32_t weight, cap; /* credit and credit2 */
    uint32_t period_us, budget_us;
    bool extratime; /* rtds */
};

struct sched_row_list {
    struct sched_row *rows;
    size_t count;
};

#define auto_sched_row_list __attribute__((cleanup(sched_row_list_release))) struct sched_row_list

void sched_row_list_release(struct sched_row_list *list);
struct sched_row *sched_row_list_add(struct sched_row_list *list);

/* What is to be changed; SCHED_KEEP: nothing. */
#define SCHED_KEEP UINT64_MAX

struct sched_change {
    uint64_t weight, cap;
    uint64_t period_us, budget_us, extratime;
    uint64_t tslice_ms, ratelimit_us, migration_delay_us;
};

#define SCHED_CHANGE_NONE                                                                          \
    {                                                                                              \
        SCHED_KEEP, SCHED_KEEP, SCHED_KEEP, SCHED_KEEP, SCHED_KEEP, SCHED_KEEP, SCHED_KEEP,        \
            SCHED_KEEP                                                                             \
    }

bool sched_change_domain(const struct sched_change *change); /* weight, cap or one of rtds */
bool sched_change_pool(const struct sched_change *change);
/* Values that no scheduler takes, whatever the domain. ERR_USAGE. */
int sched_change_check(enum sched_kind kind, const struct sched_change *change,
                       struct error **error);

/* "credit", "credit2", "rtds" */
const char *sched_kind_name(enum sched_kind kind);

extern const struct column_table sched_credit_columns, sched_credit2_columns, sched_rtds_columns;

/* xl's layouts: the line in front of a pool's domains, with its newline, and the lines. */
void sched_pool_xl_line(enum sched_kind kind, const struct sched_pool *pool, struct str *text);
const struct xl_column *sched_xl_column(enum sched_kind kind, bool vcpus);

#endif
