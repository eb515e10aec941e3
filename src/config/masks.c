/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The limits that xl.conf sets on the CPUs of all guests. */
#include <libxl_utils.h>
#include <stdlib.h>

#include "base/mem.h"
#include "config/bits.h"
#include "config/config.h"
#include "config/cpulist.h"

static int intersect(libxl_bitmap *cpus, const char *key, const char *text,
                     const struct host_facts *facts, struct error **error)
{
    libxl_bitmap mask;
    int result;

    if (!text)
        return 0;
    result = cpu_list_parse(text, facts, &mask, error);
    /* The last byte has bits beyond the last CPU. */
    for (unsigned cpu = 0; result == 0 && cpu < cpus->size * 8; cpu++)
        if (!libxl_bitmap_test(&mask, (int)cpu))
            libxl_bitmap_reset(cpus, (int)cpu);
    libxl_bitmap_dispose(&mask);
    return result < 0 ? error_wrap(error, "%s in xl.conf", key) : 0;
}

int config_cpu_mask(libxl_domain_type type, const struct host_config *host,
                    const struct host_facts *facts, libxl_bitmap *ret, struct error **error)
{
    bool pv = type == LIBXL_DOMAIN_TYPE_PV;

    bits_alloc(ret, facts->cpus);
    libxl_bitmap_set_any(ret);
    if (intersect(ret, "vm.cpumask", host->vm_cpumask, facts, error) < 0)
        return -1;
    return intersect(ret, pv ? "vm.pv.cpumask" : "vm.hvm.cpumask",
                     pv ? host->vm_pv_cpumask : host->vm_hvm_cpumask, facts, error);
}

static int limit_affinity(libxl_bitmap *cpus, const libxl_bitmap *mask, int vcpu,
                          struct error **error)
{
    for (uint32_t i = 0; i < cpus->size && i < mask->size; i++)
        cpus->map[i] &= mask->map[i];
    if (!libxl_bitmap_is_empty(cpus))
        return 0;
    error_set(error, ERR_CONFIG,
              "the CPU masks of xl.conf leave CPU %d of the guest none to run on", vcpu);
    return error_hint(error, "change 'cpus', or ignore the masks with -i");
}

static void make_affinity(libxl_domain_build_info *b_info, const struct host_facts *facts)
{
    int count = b_info->max_vcpus ? b_info->max_vcpus : 1;

    b_info->num_vcpu_hard_affinity = count;
    b_info->vcpu_hard_affinity = xcalloc((size_t)count, sizeof(*b_info->vcpu_hard_affinity));
    for (int i = 0; i < count; i++) {
        bits_alloc(&b_info->vcpu_hard_affinity[i], facts->cpus);
        libxl_bitmap_set_any(&b_info->vcpu_hard_affinity[i]);
    }
}

int config_apply_cpu_masks(libxl_domain_config *config, const struct host_config *host,
                           const struct host_facts *facts, struct error **error)
{
    libxl_domain_build_info *b_info = &config->b_info;
    libxl_bitmap mask;
    int result;

    if (!host->vm_cpumask && !host->vm_pv_cpumask && !host->vm_hvm_cpumask)
        return 0;
    result = config_cpu_mask(config->c_info.type, host, facts, &mask, error);
    if (result == 0 && b_info->num_vcpu_hard_affinity == 0 && !libxl_bitmap_is_full(&mask))
        make_affinity(b_info, facts);
    for (int i = 0; result == 0 && i < b_info->num_vcpu_hard_affinity; i++)
        result = limit_affinity(&b_info->vcpu_hard_affinity[i], &mask, i, error);
    libxl_bitmap_dispose(&mask);
    return result;
}
