/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* NUMA nodes with the guests on them. */
#ifndef XN_MODEL_NUMA_H
#define XN_MODEL_NUMA_H

#include "base/column.h"

struct numa_node {
    uint32_t node;
    char *cpus; /* "0-3"; "" for none */
    uint64_t memory_kib, free_kib;
    char *distances;             /* "10,20": to every node, in order */
    struct string_list domains;  /* names: those whose node affinity holds this node */
    struct string_list anywhere; /* names: those that have no preference among the nodes */
};

struct numa_list {
    struct numa_node *nodes;
    size_t count;
};

#define auto_numa_list __attribute__((cleanup(numa_list_release))) struct numa_list

void numa_list_release(struct numa_list *list);

extern const struct column_table numa_columns;

#endif
