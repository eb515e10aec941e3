/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU pools; see pool.h. */
#include "xen/pool.h"

#include <errno.h>
#include <libxl_utils.h>
#include <string.h>

#include "base/mem.h"
#include "xen/bitmap.h"
#include "xen/calls.h"
#include "xen/domain.h"
#include "xen/store_many.h"

static void fill_pool(struct pool *pool, const xc_cpupoolinfo_t *info, int cpus)
{
    const libxl_bitmap bitmap = { .size = (uint32_t)(cpus + 7) / 8, .map = info->cpumap };

    *pool = (struct pool){
        .id = info->cpupool_id,
        .scheduler = libxl_scheduler_to_string((libxl_scheduler)info->sched_id),
        .cpus = xcalloc((size_t)cpus + 1, sizeof(*pool->cpus)),
        .cpu_ranges = bitmap_ranges(&bitmap, cpus),
        .domains = info->n_dom,
    };
    if (!pool->scheduler)
        pool->scheduler = "unknown";
    for (int cpu = 0; cpu < cpus; cpu++)
        if (libxl_bitmap_test(&bitmap, cpu))
            pool->cpus[pool->cpu_count++] = (uint32_t)cpu;
}

/* A pool is a name that libxl has written and all else that the hypervisor knows. */
static int fill_names(struct xen_host *host, struct pool_list *list, struct error **error)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;

    for (size_t i = 0; i < list->count; i++)
        store_question_value(&questions, "/local/pool/%u/name", list->pools[i].id);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < list->count; i++) {
        char *name = TAKE(questions.items[i].value);

        list->pools[i].name = name ? name : xstrdup("");
    }
    return 0;
}

int xen_pool_list(struct xen_host *host, struct pool_list *list, struct error **error)
{
    xc_cpupoolinfo_t *info;
    xc_interface *calls;
    uint32_t next = 0;
    int cpus;

    xen_log_forget(host);
    if (xen_calls(host, &calls, error) < 0)
        return -1;
    cpus = xc_get_max_cpus(calls);
    /* Asked for is the first pool from a number on. */
    while (cpus > 0 && (info = xc_cpupool_getinfo(calls, next))) {
        list->pools = xreallocarray(list->pools, list->count + 1, sizeof(*list->pools));
        fill_pool(&list->pools[list->count++], info, cpus);
        next = info->cpupool_id + 1;
        xc_cpupool_infofree(calls, info);
    }
    if (cpus <= 0 || errno != ENOENT)
        return xen_call_error(error, "cannot list the CPU pools");
    return fill_names(host, list, error);
}

int xen_pool_free_cpus(struct xen_host *host, libxl_bitmap *ret, struct error **error)
{
    int rc;

    libxl_bitmap_init(ret);
    xen_log_forget(host);
    rc = libxl_get_freecpus(xen_ctx(host), ret);
    return rc ? xen_error(host, error, rc, "cannot ask which CPUs belong to no pool") : 0;
}

const char *xen_pool_default_scheduler(struct xen_host *host)
{
    int scheduler = libxl_get_scheduler(xen_ctx(host));

    return scheduler < 0 ? NULL : libxl_scheduler_to_string((libxl_scheduler)scheduler);
}

/* libxl lets two pools have one name. */
static int check_name_free(struct xen_host *host, const char *name, struct error **error)
{
    auto_pool_list pools = { NULL, 0 };

    if (xen_pool_list(host, &pools, error) < 0)
        return -1;
    for (size_t i = 0; i < pools.count; i++)
        if (strcmp(pools.pools[i].name, name) == 0)
            return error_set(error, ERR_EXISTS, "CPU pool %u is called '%s' already",
                             pools.pools[i].id, name);
    return 0;
}

int xen_pool_create(struct xen_host *host, const char *name, const char *scheduler,
                    const libxl_bitmap *cpus, uint32_t *ret_id, struct error **error)
{
    uint32_t id = LIBXL_CPUPOOL_POOLID_ANY;
    libxl_scheduler number;
    libxl_uuid uuid;
    int rc;

    if (libxl_scheduler_from_string(scheduler, &number))
        return error_set(error, ERR_NOT_SUPPORTED, "libxl knows no scheduler '%s'", scheduler);
    if (check_name_free(host, name, error) < 0)
        return -1;
    libxl_uuid_generate(&uuid);
    xen_log_forget(host);
    rc = libxl_cpupool_create(xen_ctx(host), name, number, *cpus, &uuid, &id);
    if (rc) {
        xen_error(host, error, rc, "cannot make the CPU pool '%s'", name);
        return error_hint(error, "has this Xen the scheduler '%s'? 'xn dmesg' tells what it has",
                          scheduler);
    }
    *ret_id = id;
    return 0;
}

int xen_pool_destroy(struct xen_host *host, const struct pool *pool, struct error **error)
{
    int rc;

    if (pool->id == 0)
        return error_set(error, ERR_REFUSED, "CPU pool 0 ('%s') is always there", pool->name);
    if (pool->domains) {
        error_set(error, ERR_REFUSED, "%u domain%s in the CPU pool '%s'", pool->domains,
                  pool->domains == 1 ? " runs" : "s run", pool->name);
        return error_hint(error, "'xn cpupool-migrate' moves a domain to another pool");
    }
    xen_log_forget(host);
    rc = libxl_cpupool_destroy(xen_ctx(host), pool->id);
    return rc ? xen_error(host, error, rc, "cannot remove the CPU pool '%s'", pool->name) : 0;
}

int xen_pool_rename(struct xen_host *host, const struct pool *pool, const char *new_name,
                    struct error **error)
{
    int rc;

    if (check_name_free(host, new_name, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_cpupool_rename(xen_ctx(host), new_name, pool->id);
    return rc ? xen_error(host, error, rc, "cannot rename the CPU pool '%s' to '%s'", pool->name,
                          new_name)
              : 0;
}

int xen_pool_add_cpu(struct xen_host *host, const struct pool_list *pools, const struct pool *pool,
                     uint32_t cpu, struct error **error)
{
    const struct pool *owner = pool_list_owner(pools, cpu);
    int rc;

    if (owner) {
        error_set(error, ERR_FAILED, "CPU %u is in the CPU pool '%s' already", cpu, owner->name);
        return owner == pool ? -1 : error_hint(error, "'xn cpupool-cpu-remove' takes it out there");
    }
    xen_log_forget(host);
    rc = libxl_cpupool_cpuadd(xen_ctx(host), pool->id, (int)cpu);
    return rc ? xen_error(host, error, rc, "cannot add CPU %u to the CPU pool '%s'", cpu,
                          pool->name)
              : 0;
}

int xen_pool_remove_cpu(struct xen_host *host, const struct pool_list *pools,
                        const struct pool *pool, uint32_t cpu, struct error **error)
{
    const struct pool *owner = pool_list_owner(pools, cpu);
    int rc;

    if (owner != pool)
        return error_set(error, ERR_FAILED,
                         owner ? "CPU %u is in the CPU pool '%s', not in '%s'"
                               : "CPU %u is in no CPU pool",
                         cpu, owner ? owner->name : "", pool->name);
    xen_log_forget(host);
    rc = libxl_cpupool_cpuremove(xen_ctx(host), pool->id, (int)cpu);
    if (!rc)
        return 0;
    xen_error(host, error, rc, "cannot take CPU %u out of the CPU pool '%s'", cpu, pool->name);
    return error_hint(error, "a pool with domains keeps its last CPU, and those that a domain must "
                             "have; see 'xn vcpu-list'");
}

int xen_pool_move_domain(struct xen_host *host, const struct pool *pool,
                         const struct domain *domain, struct error **error)
{
    int rc;

    if (pool->cpu_count == 0) {
        error_set(error, ERR_REFUSED, "the CPU pool '%s' has no CPU to run domain %u on",
                  pool->name, domain->domid);
        return error_hint(error, "'xn cpupool-cpu-add' gives it one");
    }
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_cpupool_movedomain(xen_ctx(host), pool->id, domain->domid);
    return rc ? xen_error(host, error, rc, "cannot move domain %u to the CPU pool '%s'",
                          domain->domid, pool->name)
              : 0;
}
