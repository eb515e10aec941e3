/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CPUs of guests; see vcpu.h. */
#include "xen/vcpu.h"

#include <errno.h>
#include <libxl_utils.h>
#include <stdlib.h>

#include "base/mem.h"
#include "xen/bitmap.h"
#include "xen/calls.h"
#include "xen/domain.h"
#include "xen/wait.h"

static char *map_text(xc_cpumap_t map, int cpus)
{
    const libxl_bitmap bitmap = { .size = (uint32_t)(cpus + 7) / 8, .map = map };

    return bitmap_text(&bitmap, cpus);
}

/* Room for the sets of CPUs that one virtual CPU is asked for. */
struct asking {
    xc_interface *calls;
    int cpus;
    xc_cpumap_t hard, soft;
};

static int ask_vcpu(const struct asking *asking, const struct domain *domain, uint32_t number,
                    struct vcpu *ret)
{
    xc_vcpuinfo_t info;

    if (xc_vcpu_getinfo(asking->calls, domain->domid, number, &info) < 0 ||
        xc_vcpu_getaffinity(asking->calls, domain->domid, (int)number, asking->hard, asking->soft,
                            XEN_VCPUAFFINITY_HARD | XEN_VCPUAFFINITY_SOFT) < 0)
        return -1;
    *ret = (struct vcpu){
        .domain = domain,
        .number = number,
        .online = info.online,
        .running = info.running,
        .blocked = info.blocked,
        .cpu = info.cpu,
        .cpu_time_ns = info.cpu_time,
        .hard = map_text(asking->hard, asking->cpus),
        .soft = map_text(asking->soft, asking->cpus),
    };
    return 0;
}

static int ask_vcpus(const struct asking *asking, struct xen_host *host,
                     const struct domain *domain, struct vcpu_list *list, struct error **error)
{
    size_t before = list->count;
    auto_error gone = NULL;

    list->vcpus =
        xreallocarray(list->vcpus, list->count + domain->vcpus_max + 1, sizeof(*list->vcpus));
    for (uint32_t i = 0; i < domain->vcpus_max; i++) {
        int failure;

        if (ask_vcpu(asking, domain, i, &list->vcpus[list->count]) == 0) {
            list->count++;
            continue;
        }
        failure = errno;
        vcpu_list_cut(list, before);
        if (xen_domain_verify(host, domain, &gone) < 0 && gone->code == ERR_DOMAIN_NOT_FOUND)
            return 0;
        errno = failure;
        return error_set_errno(error, ERR_LIBXL, "cannot list the CPUs of domain %u",
                               domain->domid);
    }
    return 0;
}

int xen_vcpu_list(struct xen_host *host, const struct domain *const *domains, size_t count,
                  struct vcpu_list *list, struct error **error)
{
    struct asking asking;
    int result = 0;

    xen_log_forget(host);
    if (xen_calls(host, &asking.calls, error) < 0)
        return -1;
    asking.cpus = xc_get_max_cpus(asking.calls);
    asking.hard = xc_cpumap_alloc(asking.calls);
    asking.soft = xc_cpumap_alloc(asking.calls);
    if (asking.cpus <= 0 || !asking.hard || !asking.soft)
        result = xen_call_error(error, "cannot ask for the CPUs of the host");
    for (size_t i = 0; result == 0 && i < count; i++)
        result = ask_vcpus(&asking, host, domains[i], list, error);
    free(asking.hard);
    free(asking.soft);
    return result;
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
