/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of virtual CPUs. */
#include "config/build.h"
#include "config/keys.h"

/* Xen's own limit for any guest. */
#define VCPUS_MAX 8192

#define CPU_LIST "a set of CPUs such as \"0-3,^2,node:1\" for all of the guest's CPUs, or a list of them"

const struct config_key keys_cpus[] = {
    {
        "vcpus",
        .form = FORM_NUMBER,
        .meaning = "how many CPUs the guest starts with",
        .example = "vcpus = 2",
        .guests = GUEST_ALL,
        .field = "b_info.avail_vcpus",
        .fallback = "1",
        .since = "4.0",
        .min = 1,
        .max = VCPUS_MAX,
        .build = build_vcpus,
    },
    {
        "maxvcpus",
        .form = FORM_NUMBER,
        .meaning = "how many CPUs the guest can be given while it runs",
        .example = "maxvcpus = 4",
        .guests = GUEST_ALL,
        .field = "b_info.max_vcpus",
        .fallback = "as vcpus",
        .since = "4.1",
        .min = 1,
        .max = VCPUS_MAX,
        .build = build_vcpus,
    },
    {
        "cpus",
        .form = FORM_TEXT_OR_LIST,
        .form_text = CPU_LIST,
        .meaning = "the host's CPUs that the guest's CPUs may run on",
        .example = "cpus = \"0-3,^2\"",
        .guests = GUEST_ALL,
        .field = "b_info.vcpu_hard_affinity",
        .fallback = "all",
        .since = "4.1",
        .build = build_affinity,
    },
    {
        "cpus_soft",
        .form = FORM_TEXT_OR_LIST,
        .form_text = CPU_LIST,
        .meaning = "the host's CPUs that the guest's CPUs prefer to run on",
        .example = "cpus_soft = \"node:0\"",
        .guests = GUEST_ALL,
        .field = "b_info.vcpu_soft_affinity",
        .fallback = "all",
        .since = "4.5",
        .build = build_affinity,
    },
    { .name = NULL },
};
