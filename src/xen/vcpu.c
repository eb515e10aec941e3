/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CPUs of guests; see vcpu.h. */
#include "xen/vcpu.h"

#include <libxl_utils.h>

#include "base/mem.h"
#include "xen/bitmap.h"
#include "xen/domain.h"
#include "xen/wait.h"

int xen_vcpu_list(struct xen_host *host, const struct domain *domain, struct vcpu_list *list,
                  struct error **error)
{
    int count = 0, cpus = 0;
    libxl_vcpuinfo *info;

    xen_log_forget(host);
    info = libxl_list_vcpu(xen_ctx(host), domain->domid, &count, &cpus);
    if (!info) {
        auto_error gone = NULL;

        if (xen_domain_verify(host, domain, &gone) < 0 && gone->code == ERR_DOMAIN_NOT_FOUND)
            return 0;
        return xen_error(host, error, ERROR_FAIL, "cannot list the CPUs of domain %u",
                         domain->domid);
    }
    list->vcpus = xreallocarray(list->vcpus, list->count + (size_t)count + 1, sizeof(*list->vcpus));
    for (int i = 0; i < count; i++)
        list->vcpus[list->count++] = (struct vcpu){
            .domain = domain,
            .number = info[i].vcpuid,
            .online = info[i].online,
            .running = info[i].running,
            .blocked = info[i].blocked,
            .cpu = info[i].cpu,
            .cpu_time_ns = info[i].vcpu_time,
            .hard = bitmap_text(&info[i].cpumap, cpus),
            .soft = bitmap_text(&info[i].cpumap_soft, cpus),
        };
    libxl_vcpuinfo_list_free(info, count);
    return 0;
}

void xen_vcpu_add_nodes(struct xen_host *host, struct vcpu_list *list)
{
    int count = 0;
    libxl_cputopology *topology = libxl_get_cpu_topology(xen_ctx(host), &count);

    if (!topology)
        return;
    for (size_t i = 0; i < list->count; i++) {
        struct vcpu *vcpu = &list->vcpus[i];

        if (vcpu->cpu >= (uint32_t)count ||
            topology[vcpu->cpu].node == LIBXL_CPUTOPOLOGY_INVALID_ENTRY)
            continue;
        vcpu->has_node = true;
        vcpu->node = topology[vcpu->cpu].node;
    }
    libxl_cputopology_list_free(topology, count);
}

int xen_vcpu_set_online(struct xen_host *host, uint32_t domid, uint32_t count, struct error **error)
{
    struct xen_operation operation;
    libxl_bitmap vcpus;
    int rc, result;

    libxl_bitmap_init(&vcpus);
    xen_log_forget(host);
    rc = libxl_cpu_bitmap_alloc(xen_ctx(host), &vcpus, (int)count);
    if (rc)
        return xen_error(host, error, rc, "cannot name %u CPUs of domain %u", count, domid);
    for (uint32_t i = 0; i < count; i++)
        libxl_bitmap_set(&vcpus, (int)i);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          libxl_set_vcpuonline(xen_ctx(host), domid, &vcpus, &operation.how));
    result = xen_operation_finish(&operation, &rc, error);
    if (result == 0 && rc)
        result = xen_error(host, error, rc, "cannot set domain %u to %u CPUs", domid, count);
    libxl_bitmap_dispose(&vcpus);
    return result;
}

/* The verb; hard and soft may be NULL. */
static int set_one(struct xen_host *host, uint32_t domid, uint32_t vcpu,
                   const struct xen_vcpu_pin *pin, struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = pin->force ? libxl_set_vcpuaffinity_force(xen_ctx(host), domid, vcpu, pin->hard, pin->soft)
                    : libxl_set_vcpuaffinity(xen_ctx(host), domid, vcpu, pin->hard, pin->soft);
    return rc ? xen_error(host, error, rc, "cannot set the affinity of CPU %u of domain %u", vcpu,
                          domid)
              : 0;
}

static void restore(struct xen_host *host, uint32_t domid, const libxl_vcpuinfo *before, int count)
{
    for (int i = 0; i < count; i++)
        (void)libxl_set_vcpuaffinity(xen_ctx(host), domid, before[i].vcpuid, &before[i].cpumap,
                                     &before[i].cpumap_soft);
}

static int set_all(struct xen_host *host, const struct domain *domain,
                   const struct xen_vcpu_pin *pin, struct error **error)
{
    int count = 0, cpus = 0, result = 0, i;
    libxl_vcpuinfo *before;

    xen_log_forget(host);
    before = libxl_list_vcpu(xen_ctx(host), domain->domid, &count, &cpus);
    if (!before)
        return xen_error(host, error, ERROR_FAIL, "cannot list the CPUs of domain %u",
                         domain->domid);
    for (i = 0; result == 0 && i < count; i++)
        result = set_one(host, domain->domid, before[i].vcpuid, pin, error);
    if (result < 0)
        restore(host, domain->domid, before, i);
    libxl_vcpuinfo_list_free(before, count);
    return result;
}

int xen_vcpu_set_affinity(struct xen_host *host, const struct domain *domain,
                          const struct xen_vcpu_pin *pin, struct error **error)
{
    if (pin->vcpu != XEN_VCPU_ALL && pin->vcpu >= domain->vcpus_max) {
        error_set(error, ERR_FAILED, "domain %u has no CPU %u", domain->domid, pin->vcpu);
        return error_hint(error, "it has %u, counted from 0", domain->vcpus_max);
    }
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    return pin->vcpu == XEN_VCPU_ALL ? set_all(host, domain, pin, error)
                                     : set_one(host, domain->domid, pin->vcpu, pin, error);
}
