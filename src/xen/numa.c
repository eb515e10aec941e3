/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* NUMA nodes; see numa.h. */
#include "xen/numa.h"

#include <libxl_utils.h>

#include "base/mem.h"
#include "xen/bitmap.h"

static char *cpus_of(struct xen_host *host, int node)
{
    libxl_bitmap cpus;
    char *text = NULL;

    libxl_bitmap_init(&cpus);
    if (libxl_cpu_bitmap_alloc(xen_ctx(host), &cpus, 0) == 0 &&
        libxl_node_to_cpumap(xen_ctx(host), node, &cpus) == 0)
        text = bitmap_ranges(&cpus, (int)cpus.size * 8);
    libxl_bitmap_dispose(&cpus);
    return text;
}

static char *distances_of(const libxl_numainfo *info)
{
    auto_str text = STR_INIT;

    for (int i = 0; i < info->num_dists; i++)
        str_addf(&text, "%s%u", i ? "," : "", info->dists[i]);
    return text.length ? str_detach(&text) : NULL;
}

static int add_nodes(struct xen_host *host, struct numa_list *list, struct error **error)
{
    int count = 0;
    libxl_numainfo *info;

    xen_log_forget(host);
    info = libxl_get_numainfo(xen_ctx(host), &count);
    if (!info)
        return xen_error(host, error, ERROR_FAIL, "cannot ask for the host's NUMA nodes");
    list->nodes = xcalloc((size_t)count, sizeof(*list->nodes));
    for (int i = 0; i < count; i++) {
        if (info[i].size == LIBXL_NUMAINFO_INVALID_ENTRY)
            continue;
        list->nodes[list->count++] = (struct numa_node){
            .node = (uint32_t)i,
            .cpus = cpus_of(host, i),
            .memory_kib = info[i].size >> 10,
            .free_kib = info[i].free >> 10,
            .distances = distances_of(&info[i]),
        };
    }
    libxl_numainfo_list_free(info, count);
    return 0;
}

/* A host with one node has nothing to prefer: all domains belong to it. */
static void add_domain(struct numa_list *list, const struct domain *domain,
                       const libxl_bitmap *nodes)
{
    auto_free char *label = domain_label(domain);
    size_t wanted = 0;

    for (size_t i = 0; i < list->count; i++)
        wanted += libxl_bitmap_test(nodes, (int)list->nodes[i].node) != 0;
    for (size_t i = 0; i < list->count; i++) {
        struct numa_node *node = &list->nodes[i];

        if (wanted == list->count && list->count > 1)
            string_list_add(&node->anywhere, label);
        else if (libxl_bitmap_test(nodes, (int)node->node))
            string_list_add(&node->domains, label);
    }
}

int xen_numa_list(struct xen_host *host, const struct domain_list *domains, struct numa_list *list,
                  struct error **error)
{
    libxl_bitmap nodes;

    if (add_nodes(host, list, error) < 0)
        return -1;
    for (size_t i = 0; i < domains->count; i++) {
        libxl_bitmap_init(&nodes);
        /* One that has gone meanwhile is left out. */
        if (libxl_node_bitmap_alloc(xen_ctx(host), &nodes, 0) == 0 &&
            libxl_domain_get_nodeaffinity(xen_ctx(host), domains->domains[i].domid, &nodes) == 0)
            add_domain(list, &domains->domains[i], &nodes);
        libxl_bitmap_dispose(&nodes);
    }
    return 0;
}
