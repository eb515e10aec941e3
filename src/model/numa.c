/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of the listing of NUMA nodes; see numa.h. */
#include "model/numa.h"

#include <stdlib.h>

#include "base/mem.h"

void numa_list_release(struct numa_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->nodes[i].cpus);
        free(list->nodes[i].distances);
        string_list_release(&list->nodes[i].domains);
        string_list_release(&list->nodes[i].anywhere);
    }
    free(list->nodes);
    *list = (struct numa_list){ NULL, 0 };
}

#define NODE(row) ((const struct numa_node *)(row))

static void get_node(const void *row, struct value *value)
{
    value_set_uint(value, NODE(row)->node);
}

static void get_cpus(const void *row, struct value *value)
{
    value_set_text(value, NODE(row)->cpus);
}

static void get_memory(const void *row, struct value *value)
{
    value_set_uint(value, NODE(row)->memory_kib);
}

static void get_free(const void *row, struct value *value)
{
    value_set_uint(value, NODE(row)->free_kib);
}

static void get_distances(const void *row, struct value *value)
{
    value_set_text(value, NODE(row)->distances);
}

static void get_domains(const void *row, struct value *value)
{
    value_set_list(value, &NODE(row)->domains);
}

static void get_anywhere(const void *row, struct value *value)
{
    value_set_list(value, &NODE(row)->anywhere);
}

static const struct column columns[] = {
    { "node", "NODE", VALUE_UINT, "number of the node", get_node },
    { "cpus", "CPUS", VALUE_TEXT, "its CPUs", get_cpus },
    { "memory_kib", "MEM-KIB", VALUE_UINT, "its memory", get_memory },
    { "free_memory_kib", "FREE-KIB", VALUE_UINT, "how much of that is free", get_free },
    { "distances", "DISTANCES", VALUE_TEXT, "to every node in order, itself is 10", get_distances },
    { "domains", "DOMAINS", VALUE_LIST, "who belongs to it", get_domains },
    { "anywhere", "ANYWHERE", VALUE_LIST, "who belongs to all nodes alike", get_anywhere },
};

const struct column_table numa_columns = {
    .noun = "numa_nodes",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "node,cpus,memory_kib,free_memory_kib,domains,anywhere",
};
