/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU pools: sets of the host's CPUs, each with its own scheduler. */
#ifndef XN_MODEL_POOL_H
#define XN_MODEL_POOL_H

#include "base/column.h"
#include "base/error.h"

struct pool {
    uint32_t id;
    char *name;            /* as xenstore has it, untrusted */
    const char *scheduler; /* "credit2" ...; static */
    uint32_t *cpus;        /* ascending */
    size_t cpu_count;
    char *cpu_ranges; /* the same as "0-1,3"; "" for none */
    uint32_t domains; /* how many run in it */
};

struct pool_list {
    struct pool *pools;
    size_t count;
};

#define auto_pool_list __attribute__((cleanup(pool_list_release))) struct pool_list

void pool_list_release(struct pool_list *list);

/* The pool that a word names: its name, or its number. NULL and ERR_POOL_NOT_FOUND when there is
 * none. */
const struct pool *pool_list_find(const struct pool_list *list, const char *word,
                                  struct error **error);
/* The pool that a CPU belongs to; NULL: none. */
const struct pool *pool_list_owner(const struct pool_list *list, uint32_t cpu);
bool pool_has_cpu(const struct pool *pool, uint32_t cpu);
/* Whether a pool may be called so. ERR_USAGE: an empty name, one with a slash or a control
 * character, and a number, which would stand for another pool. */
int pool_check_name(const char *name, struct error **error);

extern const struct column_table pool_columns;

/* xl's layouts: the whole line, or with cpus the list of CPUs. */
const struct xl_column *pool_xl_column(bool cpus);

#endif
