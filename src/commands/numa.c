/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn numa: the NUMA nodes of the host and who is on them. */
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/numa.h"

static int run(struct env *env, void *data, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_domain_list domains = { NULL, 0 };
    auto_numa_list nodes = { NULL, 0 };
    auto_free const void **rows = NULL;
    struct listing listing = { .table = &numa_columns };

    (void)data;
    if (common_open_host(env, &host, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &domains, error) < 0 ||
        xen_numa_list(host, &domains, &nodes, error) < 0)
        return -1;
    rows = xcalloc(nodes.count, sizeof(*rows));
    for (; listing.count < nodes.count; listing.count++)
        rows[listing.count] = &nodes.nodes[listing.count];
    listing.rows = rows;
    return listing_print(&listing, &env->output, env->out, error);
}

static const struct example examples[] = {
    { "numa", "which guest belongs to which node" },
    { "numa --json", "the same for programs" },
    { "numa --columns node,free_memory_kib --sort -free_memory_kib", "where most memory is free" },
    { NULL, NULL },
};

const struct command cmd_numa = {
    .name = "numa",
    .group = GROUP_RESOURCES,
    .summary = "list the NUMA nodes of this host with their guests",
    .description = "A guest belongs to the nodes of its affinity: there its memory was taken from\n"
                   "when it was built, and there its CPUs run if they can. 'vcpu-list --columns\n"
                   "name,vcpu,node' tells where they run right now.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .columns = &numa_columns,
    .run = run,
};
