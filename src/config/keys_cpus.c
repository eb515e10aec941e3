/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of virtual CPUs, their scheduling and their nodes. */
#include "config/build.h"
#include "config/keys.h"

/* Xen's own limit for any guest. */
#define VCPUS_MAX 8192

#define CPU_LIST  "a set of CPUs such as \"0-3,^2,node:1\", or a list with one for each virtual CPU"

static const struct config_key vnuma_parts[] = {
    { "pnode", FORM_NUMBER, .meaning = "the host's node that the memory comes from",
      .example = "pnode=0", .field = "pnode", .fallback = "0", .since = "4.6" },
    { "size", FORM_MIB, .meaning = "the memory of the node", .example = "size=1024",
      .field = "memkb", .since = "4.6" },
    { "vcpus", FORM_OTHER, .form_text = "virtual CPUs such as 0-1,3",
      .meaning = "the virtual CPUs in the node", .example = "vcpus=0-1", .field = "vcpus",
      .since = "4.6" },
    { "vdistances", FORM_OTHER, .form_text = "a number for each node, separated by ','",
      .meaning = "the distances to all nodes", .example = "vdistances=10,20", .field = "distances",
      .fallback = "0", .since = "4.6" },
    { .name = NULL },
};

const struct config_key keys_cpus[] = {
    { "vcpus", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.0", .field = "b_info.avail_vcpus",
      .fallback = "1", .min = 1, .max = VCPUS_MAX, .meaning = "how many CPUs the guest starts with",
      .example = "vcpus = 2", .build = build_vcpus },
    { "maxvcpus", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.1", .field = "b_info.max_vcpus",
      .fallback = "as vcpus", .min = 1, .max = VCPUS_MAX,
      .meaning = "how many CPUs the guest can be given while it runs", .example = "maxvcpus = 4",
      .build = build_vcpus },
    { "cpus", FORM_TEXT_OR_LIST, .form_text = CPU_LIST, .guests = GUEST_ALL, .since = "4.1",
      .field = "b_info.vcpu_hard_affinity", .fallback = "all",
      .meaning = "the host's CPUs that the guest's CPUs may run on", .example = "cpus = \"0-3,^2\"",
      .build = build_affinity },
    { "cpus_soft", FORM_TEXT_OR_LIST, .form_text = CPU_LIST, .guests = GUEST_ALL, .since = "4.5",
      .field = "b_info.vcpu_soft_affinity", .fallback = "all",
      .meaning = "the host's CPUs that the guest's CPUs prefer to run on",
      .example = "cpus_soft = \"node:0\"", .build = build_affinity },
    { "cpu_weight", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.2", .fallback = "256",
      .meaning = "the guest's share of CPU time where CPUs are scarce",
      .example = "cpu_weight = 512", KEY_INT(b_info.sched_params.weight) },
    { "cap", FORM_NUMBER, .form_text = "a percentage of one CPU", .guests = GUEST_ALL,
      .since = "4.1", .fallback = "0, no limit", .meaning = "the most CPU time that the guest gets",
      .example = "cap = 150", KEY_INT(b_info.sched_params.cap) },
    { "period", FORM_NUMBER, .form_text = "a number of microseconds", .guests = GUEST_ALL,
      .since = "4.2", .fallback = "the scheduler's",
      .meaning = "the period of the real-time scheduler", .example = "period = 10000",
      KEY_INT(b_info.sched_params.period) },
    { "slice", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.2",
      .warning = "it belongs to the sedf scheduler, which is gone from Xen",
      .meaning = "the slice of the sedf scheduler", .example = "slice = 10000",
      KEY_INT(b_info.sched_params.slice) },
    { "latency", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.2",
      .warning = "it belongs to the sedf scheduler, which is gone from Xen",
      .meaning = "the latency of the sedf scheduler", .example = "latency = 10000",
      KEY_INT(b_info.sched_params.latency) },
    { "extratime", FORM_BOOL, .guests = GUEST_ALL, .since = "4.2", .fallback = "the scheduler's",
      .min = -2147483647, .max = 2147483647,
      .meaning = "the guest may use more than its budget where CPUs are idle",
      .example = "extratime = 1", KEY_INT(b_info.sched_params.extratime) },
    { "vnuma", FORM_GROUPS, .form_text = "a list of nodes, each a list of \"key=value\"",
      .guests = GUEST_ALL, .since = "4.6", .field = "b_info.vnuma_nodes",
      .meaning = "the guest's own NUMA nodes", .parts = vnuma_parts,
      .example = "vnuma = [ [ \"pnode=0\", \"size=512\", \"vcpus=0-1\", \"vdistances=10\" ] ]",
      .build = build_vnuma },
    { .name = NULL },
};
