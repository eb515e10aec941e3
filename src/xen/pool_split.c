/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One CPU pool for each NUMA node.
 *
 * All domains stay in pool 0, which is left with the node of the first CPU. Domain 0 gets by with
 * as many CPUs as that node has. What was done is taken back when a step fails.
 */
#include <libxl_utils.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "xen/pool.h"
#include "xen/vcpu.h"
#include "xen/wait.h"

/* How long domain 0 may take to leave its CPUs. */
#define LEAVING_MS 10000

struct split {
    struct xen_host *host;
    struct outcome_list *outcomes;
    uint32_t *node_of; /* by CPU; LIBXL_CPUTOPOLOGY_INVALID_ENTRY */
    uint32_t cpus, first_node;
    struct pool_list pools; /* as it was: one */
    uint32_t dom0_vcpus;    /* as it was; 0: not changed */
    bool renamed;
    bool *taken; /* by CPU: out of pool 0 */
    bool *given; /* by CPU: into pool 0 */
    uint32_t *made;
    size_t made_count;
};

static void split_release(struct split *split)
{
    free(split->node_of);
    free(split->taken);
    free(split->given);
    free(split->made);
    pool_list_release(&split->pools);
}

static int look(struct split *split, struct error **error)
{
    libxl_cputopology *topology;
    int count = 0;

    if (xen_pool_list(split->host, &split->pools, error) < 0)
        return -1;
    if (split->pools.count != 1) {
        error_set(error, ERR_REFUSED, "there are %zu CPU pools already", split->pools.count);
        return error_hint(error, "destroy all but the first; see 'xn cpupool-list'");
    }
    xen_log_forget(split->host);
    topology = libxl_get_cpu_topology(xen_ctx(split->host), &count);
    if (!topology || count <= 0)
        return xen_error(split->host, error, ERROR_FAIL, "cannot ask for the host's NUMA nodes");
    split->cpus = (uint32_t)count;
    split->node_of = xcalloc((size_t)count, sizeof(*split->node_of));
    split->taken = xcalloc((size_t)count, sizeof(*split->taken));
    split->given = xcalloc((size_t)count, sizeof(*split->given));
    split->made = xcalloc((size_t)count, sizeof(*split->made));
    for (int cpu = 0; cpu < count; cpu++)
        split->node_of[cpu] = topology[cpu].node;
    split->first_node = topology[0].node;
    libxl_cputopology_list_free(topology, count);
    return 0;
}

/* Free CPUs of the first node join pool 0. */
static int fill_first(struct split *split, struct error **error)
{
    const struct pool *first = &split->pools.pools[0];

    for (uint32_t cpu = 0; cpu < split->cpus; cpu++) {
        if (split->node_of[cpu] != split->first_node || pool_has_cpu(first, cpu))
            continue;
        if (xen_pool_add_cpu(split->host, &split->pools, first, cpu, error) < 0)
            return -1;
        split->given[cpu] = true;
    }
    return 0;
}

static uint32_t count_cpus(const struct split *split, uint32_t node)
{
    uint32_t count = 0;

    for (uint32_t cpu = 0; cpu < split->cpus; cpu++)
        count += split->node_of[cpu] == node;
    return count;
}

struct leaving {
    struct xen_host *host;
    uint32_t wanted;
};

static bool has_left(void *context)
{
    const struct leaving *leaving = context;
    libxl_dominfo info;
    bool result;

    libxl_dominfo_init(&info);
    result = libxl_domain_info(xen_ctx(leaving->host), &info, 0) != 0 ||
             info.vcpu_online <= leaving->wanted;
    libxl_dominfo_dispose(&info);
    return result;
}

static void tick(void *context)
{
    (void)context;
}

/* Nobody tells when a CPU of a guest is gone: it is asked twice a second. */
static int wait_for_dom0(struct split *split, uint32_t wanted, struct error **error)
{
    struct leaving leaving = { split->host, wanted };
    struct xen_loop loop = {
        .finished = has_left,
        .on_tick = tick,
        .context = &leaving,
        .deadline_ms = deadline_after(LEAVING_MS),
        .extra_fd = -1,
    };
    enum xen_loop_end end;

    if (xen_loop_run(split->host, &loop, &end, error) < 0)
        return -1;
    if (end == LOOP_SIGNAL)
        return error_set(error, ERR_INTERRUPTED, "interrupted");
    if (end == LOOP_DEADLINE)
        return error_set(error, ERR_TIMEOUT, "domain 0 does not leave its CPUs: it shall keep %u",
                         wanted);
    return 0;
}

static int shrink_dom0(struct split *split, struct error **error)
{
    uint32_t wanted = count_cpus(split, split->first_node), online = 0;
    libxl_dominfo info;

    libxl_dominfo_init(&info);
    if (libxl_domain_info(xen_ctx(split->host), &info, 0) == 0)
        online = info.vcpu_online;
    libxl_dominfo_dispose(&info);
    if (online <= wanted)
        return 0;
    split->dom0_vcpus = online;
    if (xen_vcpu_set_online(split->host, 0, wanted, error) < 0)
        return -1;
    return wait_for_dom0(split, wanted, error);
}

static int take_cpus(struct split *split, uint32_t node, libxl_bitmap *cpus, struct error **error)
{
    const struct pool *first = &split->pools.pools[0];

    for (uint32_t cpu = 0; cpu < split->cpus; cpu++) {
        if (split->node_of[cpu] != node)
            continue;
        libxl_bitmap_set(cpus, (int)cpu);
        if (!pool_has_cpu(first, cpu))
            continue;
        if (xen_pool_remove_cpu(split->host, &split->pools, first, cpu, error) < 0)
            return -1;
        split->taken[cpu] = true;
    }
    return 0;
}

static int make_pool(struct split *split, uint32_t node, const char *name, struct error **error)
{
    libxl_bitmap cpus;
    uint32_t id = 0;
    int result = -1;

    libxl_bitmap_init(&cpus);
    if (libxl_cpu_bitmap_alloc(xen_ctx(split->host), &cpus, 0))
        error_set(error, ERR_LIBXL, "cannot ask how many CPUs the host has");
    else if (take_cpus(split, node, &cpus, error) == 0)
        result =
            xen_pool_create(split->host, name, split->pools.pools[0].scheduler, &cpus, &id, error);
    libxl_bitmap_dispose(&cpus);
    if (result == 0)
        split->made[split->made_count++] = id;
    return result;
}

static struct outcome *add_outcome(struct split *split, uint32_t node, const char *result)
{
    auto_free char *name = xasprintf("Pool-node%u", node);
    struct outcome *outcome = outcome_list_add(split->outcomes, "cpupool-numa-split", name);

    outcome->pool = xstrdup(name);
    outcome->result = result;
    return outcome;
}

static int rename_first(struct split *split, struct error **error)
{
    struct outcome *outcome = add_outcome(split, split->first_node, "renamed");

    if (strcmp(split->pools.pools[0].name, outcome->pool) == 0)
        return 0;
    if (xen_pool_rename(split->host, &split->pools.pools[0], outcome->pool, error) < 0)
        return -1;
    split->renamed = true;
    return 0;
}

static bool is_first_of_node(const struct split *split, uint32_t cpu)
{
    for (uint32_t i = 0; i < cpu; i++)
        if (split->node_of[i] == split->node_of[cpu])
            return false;
    return split->node_of[cpu] != LIBXL_CPUTOPOLOGY_INVALID_ENTRY &&
           split->node_of[cpu] != split->first_node;
}

static int divide(struct split *split, struct error **error)
{
    if (fill_first(split, error) < 0 || rename_first(split, error) < 0 ||
        shrink_dom0(split, error) < 0)
        return -1;
    for (uint32_t cpu = 0; cpu < split->cpus; cpu++) {
        struct outcome *outcome;

        if (!is_first_of_node(split, cpu))
            continue;
        if (interrupt_signal())
            return error_set(error, ERR_INTERRUPTED, "interrupted");
        outcome = add_outcome(split, split->node_of[cpu], "created");
        if (make_pool(split, split->node_of[cpu], outcome->pool, error) < 0)
            return -1;
    }
    return 0;
}

/* In the reverse order; what cannot be taken back is told as detail. */
static void take_back(struct split *split, struct error **error)
{
    struct pool *first = &split->pools.pools[0];
    bool failed = false;

    while (split->made_count)
        failed |=
            libxl_cpupool_destroy(xen_ctx(split->host), split->made[--split->made_count]) != 0;
    for (uint32_t cpu = 0; cpu < split->cpus; cpu++) {
        if (split->taken[cpu])
            failed |= libxl_cpupool_cpuadd(xen_ctx(split->host), first->id, (int)cpu) != 0;
        if (split->given[cpu])
            failed |= libxl_cpupool_cpuremove(xen_ctx(split->host), first->id, (int)cpu) != 0;
    }
    if (split->dom0_vcpus)
        failed |= xen_vcpu_set_online(split->host, 0, split->dom0_vcpus, NULL) < 0;
    if (split->renamed)
        failed |= libxl_cpupool_rename(xen_ctx(split->host), first->name, first->id) != 0;
    if (failed)
        error_hint(error, "not everything could be taken back: see 'xn cpupool-list -c'");
}

/* One error, told for each pool: none of them is there. */
static void fail_all(struct split *split, const struct error *error)
{
    for (size_t i = 0; i < split->outcomes->count; i++) {
        struct outcome *outcome = &split->outcomes->items[i];

        error_set(&outcome->error, error->code, "%s", error->message);
        for (size_t line = 0; line < error->detail.count; line++)
            error_detail(&outcome->error, error->detail.items[line]);
        if (error->hint)
            error_hint(&outcome->error, "%s", error->hint);
    }
}

int xen_pool_split(struct xen_host *host, struct outcome_list *outcomes, struct error **error)
{
    __attribute__((cleanup(split_release))) struct split split = { .host = host,
                                                                   .outcomes = outcomes };
    auto_error problem = NULL;

    if (look(&split, error) < 0)
        return -1;
    if (divide(&split, &problem) == 0)
        return 0;
    take_back(&split, &problem);
    if (!outcomes->count)
        return error_move(error, TAKE(problem));
    fail_all(&split, problem);
    return 0;
}
