/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host facts for the configuration reader; see facts.h. */
#include "xen/facts.h"

#include <libxl_utils.h>

static int node_cpus(void *context, unsigned node, libxl_bitmap *cpus, struct error **error)
{
    struct xen_host *host = context;
    int count = 0;
    libxl_cputopology *topology;

    xen_log_forget(host);
    topology = libxl_get_cpu_topology(xen_ctx(host), &count);
    if (!topology)
        return xen_error(host, error, ERROR_FAIL, "cannot ask for the CPUs of node %u", node);
    for (int cpu = 0; cpu < count; cpu++)
        if (topology[cpu].node == node)
            libxl_bitmap_set(cpus, cpu);
    libxl_cputopology_list_free(topology, count);
    return 0;
}

int xen_host_facts(struct xen_host *host, struct host_facts *ret, struct error **error)
{
    int cpus, nodes;

    xen_log_forget(host);
    cpus = libxl_get_max_cpus(xen_ctx(host));
    nodes = libxl_get_max_nodes(xen_ctx(host));
    if (cpus <= 0 || nodes <= 0)
        return xen_error(host, error, ERROR_FAIL, "cannot ask for the host's CPUs and nodes");
    *ret = (struct host_facts){
        .cpus = (unsigned)cpus, .nodes = (unsigned)nodes, .node_cpus = node_cpus, .context = host
    };
    return 0;
}
