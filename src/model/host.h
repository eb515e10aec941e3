/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host and its hypervisor: plain data, xl's text form, and the keys for JSON. */
#ifndef XN_MODEL_HOST_H
#define XN_MODEL_HOST_H

#include "base/column.h"

#define HOST_HW_CAPS 8
#define HOST_NO_NODE UINT32_MAX /* a CPU that is offline, a device of unknown node */

struct host_cpu {
    uint32_t cpu, core, socket, node;
};

struct host_device {
    char address[16]; /* "0000:00:1f.2" */
    uint32_t node;
};

struct host_node {
    uint64_t size_kib, free_kib;
    uint32_t *distances;
    size_t distance_count;
};

struct host_info {
    /* The machine and domain 0's kernel. */
    char *name, *release, *version, *machine;
    uint32_t cpus, max_cpu_id, nodes, cores_per_socket, threads_per_core, cpu_khz;
    uint32_t hw_caps[HOST_HW_CAPS];
    struct string_list virt_caps;
    uint64_t total_memory_kib;
    uint64_t free_memory_kib; /* outstanding claims are already taken off */
    uint64_t sharing_freed_kib, sharing_used_kib, claims_kib;
    uint32_t free_cpus; /* in no CPU pool */
    /* The hypervisor. */
    uint32_t xen_major, xen_minor;
    char *xen_extra, *capabilities, *scheduler, *changeset, *command_line;
    uint32_t page_size;
    uint64_t virt_start;
    char *compiler, *compile_by, *compile_domain, *compile_date, *build_id;
    bool has_xenstore_features;
    uint32_t xenstore_features; /* a mask, when it was asked for */
    /* Only when topology was asked for. */
    bool has_topology;
    struct host_cpu *cpu_list;
    size_t cpu_count;
    struct host_device *devices;
    size_t device_count;
    struct host_node *node_list;
    size_t node_count;
};

#define auto_host_info __attribute__((cleanup(host_info_release))) struct host_info

void host_info_release(struct host_info *info);

/* xl's "name : value" lines. prefix: only the values of names that begin with it; NULL: all. */
void host_info_text(const struct host_info *info, const char *prefix, struct str *text);
/* The flat part, for JSON and --columns. */
extern const struct column_table host_columns;

#endif
