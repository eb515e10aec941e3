/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking the host about itself; see info.h. */
#include "xen/info.h"

#include <libxl_utils.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/mem.h"

/* The hypervisor hands its ring over in pieces of this size; a full piece has no NUL at its end
 * (fixed only after 4.17), so never more than this is taken as text. */
#define CONSOLE_PIECE 16384

static void fill_machine(struct host_info *info)
{
    struct utsname names;

    if (uname(&names) < 0)
        return;
    info->name = xstrdup(names.nodename);
    info->release = xstrdup(names.release);
    info->version = xstrdup(names.version);
    info->machine = xstrdup(names.machine);
}

static void fill_virt_caps(struct host_info *info, const libxl_physinfo *physical)
{
    const struct {
        bool there;
        const char *name;
    } caps[] = {
        { physical->cap_pv, "pv" },
        { physical->cap_hvm, "hvm" },
        { physical->cap_hvm && physical->cap_hvm_directio, "hvm_directio" },
        { physical->cap_pv && physical->cap_hvm_directio, "pv_directio" },
        { physical->cap_hap, "hap" },
        { physical->cap_shadow, "shadow" },
        { physical->cap_iommu_hap_pt_share, "iommu_hap_pt_share" },
        { physical->cap_vmtrace, "vmtrace" },
        { physical->cap_vpmu, "vpmu" },
        { physical->cap_gnttab_v1, "gnttab-v1" },
        { physical->cap_gnttab_v2, "gnttab-v2" },
    };

    for (size_t i = 0; i < ARRAY_SIZE(caps); i++)
        if (caps[i].there)
            string_list_add(&info->virt_caps, caps[i].name);
}

static int fill_physical(struct xen_host *host, struct host_info *info, uint64_t kib_per_page,
                         struct error **error)
{
    libxl_physinfo physical;
    libxl_bitmap free_cpus;

    libxl_physinfo_init(&physical);
    if (libxl_get_physinfo(xen_ctx(host), &physical)) {
        libxl_physinfo_dispose(&physical);
        return xen_error(host, error, ERROR_FAIL, "cannot ask the hypervisor about the machine");
    }
    info->cpus = physical.nr_cpus;
    info->max_cpu_id = physical.max_cpu_id;
    info->nodes = physical.nr_nodes;
    info->cores_per_socket = physical.cores_per_socket;
    info->threads_per_core = physical.threads_per_core;
    info->cpu_khz = physical.cpu_khz;
    memcpy(info->hw_caps, physical.hw_cap, sizeof(info->hw_caps));
    fill_virt_caps(info, &physical);
    info->total_memory_kib = physical.total_pages * kib_per_page;
    info->free_memory_kib = (physical.free_pages - physical.outstanding_pages) * kib_per_page;
    info->sharing_freed_kib = physical.sharing_freed_pages * kib_per_page;
    info->sharing_used_kib = physical.sharing_used_frames * kib_per_page;
    info->claims_kib = physical.outstanding_pages * kib_per_page;
    libxl_physinfo_dispose(&physical);

    libxl_bitmap_init(&free_cpus);
    if (libxl_get_freecpus(xen_ctx(host), &free_cpus) == 0)
        info->free_cpus = (uint32_t)libxl_bitmap_count_set(&free_cpus);
    libxl_bitmap_dispose(&free_cpus);
    return 0;
}

/* The version belongs to the context. */
static int fill_version(struct xen_host *host, struct host_info *info, struct error **error)
{
    const libxl_version_info *version = libxl_get_version_info(xen_ctx(host));
    int scheduler = libxl_get_scheduler(xen_ctx(host));

    if (!version)
        return xen_error(host, error, ERROR_FAIL, "cannot ask the hypervisor for its version");
    info->xen_major = (uint32_t)version->xen_version_major;
    info->xen_minor = (uint32_t)version->xen_version_minor;
    info->xen_extra = xstrdup(version->xen_version_extra);
    info->capabilities = xstrdup(version->capabilities);
    info->changeset = xstrdup(version->changeset);
    info->command_line = xstrdup(version->commandline);
    info->page_size = (uint32_t)version->pagesize;
    info->virt_start = version->virt_start;
    info->compiler = xstrdup(version->compiler);
    info->compile_by = xstrdup(version->compile_by);
    info->compile_domain = xstrdup(version->compile_domain);
    info->compile_date = xstrdup(version->compile_date);
    info->build_id = xstrdup(version->build_id);
    if (scheduler >= 0)
        info->scheduler = xstrdup(libxl_scheduler_to_string((libxl_scheduler)scheduler));
    return 0;
}

static void fill_cpus(struct xen_host *host, struct host_info *info)
{
    int count = 0;
    libxl_cputopology *cpus = libxl_get_cpu_topology(xen_ctx(host), &count);

    if (!cpus)
        return;
    info->cpu_list = xcalloc((size_t)count, sizeof(*info->cpu_list));
    for (int i = 0; i < count; i++) {
        if (cpus[i].core == LIBXL_CPUTOPOLOGY_INVALID_ENTRY)
            continue;
        info->cpu_list[info->cpu_count++] = (struct host_cpu){
            .cpu = (uint32_t)i, .core = cpus[i].core, .socket = cpus[i].socket, .node = cpus[i].node
        };
    }
    libxl_cputopology_list_free(cpus, count);
}

static void fill_devices(struct xen_host *host, struct host_info *info)
{
    int count = 0;
    libxl_pcitopology *devices = libxl_get_pci_topology(xen_ctx(host), &count);

    if (!devices)
        return;
    info->devices = xcalloc((size_t)count, sizeof(*info->devices));
    for (int i = 0; i < count; i++) {
        struct host_device *device = &info->devices[info->device_count];

        if (devices[i].node == LIBXL_PCITOPOLOGY_INVALID_ENTRY)
            continue;
        snprintf(device->address, sizeof(device->address), "%04x:%02x:%02x.%01x", devices[i].seg,
                 devices[i].bus, (devices[i].devfn >> 3) & 0x1f, devices[i].devfn & 7);
        device->node = devices[i].node;
        info->device_count++;
    }
    libxl_pcitopology_list_free(devices, count);
}

static void fill_nodes(struct xen_host *host, struct host_info *info)
{
    int count = 0;
    libxl_numainfo *nodes = libxl_get_numainfo(xen_ctx(host), &count);

    if (!nodes)
        return;
    info->node_list = xcalloc((size_t)count, sizeof(*info->node_list));
    for (int i = 0; i < count; i++) {
        struct host_node *node = &info->node_list[info->node_count];

        if (nodes[i].size == LIBXL_NUMAINFO_INVALID_ENTRY)
            continue;
        node->size_kib = nodes[i].size >> 10;
        node->free_kib = nodes[i].free >> 10;
        node->distance_count = (size_t)nodes[i].num_dists;
        node->distances = xcalloc(node->distance_count, sizeof(*node->distances));
        memcpy(node->distances, nodes[i].dists, node->distance_count * sizeof(*node->distances));
        info->node_count++;
    }
    libxl_numainfo_list_free(nodes, count);
}

int xen_host_info(struct xen_host *host, bool topology, struct host_info *info,
                  struct error **error)
{
    *info = (struct host_info){ 0 };
    xen_log_forget(host);
    fill_machine(info);
    if (fill_version(host, info, error) < 0 ||
        fill_physical(host, info, info->page_size / 1024, error) < 0) {
        host_info_release(info);
        return -1;
    }
    if (topology) {
        info->has_topology = true;
        fill_cpus(host, info);
        fill_devices(host, info);
        fill_nodes(host, info);
    }
    return 0;
}

int xen_host_messages(struct xen_host *host, bool clear, char **ret_text, struct error **error)
{
    libxl_xen_console_reader *reader;
    auto_str text = STR_INIT;
    char *piece;
    int more;

    xen_log_forget(host);
    reader = libxl_xen_console_read_start(xen_ctx(host), clear);
    if (!reader)
        return xen_error(host, error, ERROR_FAIL, "cannot read the hypervisor's messages");
    while ((more = libxl_xen_console_read_line(xen_ctx(host), reader, &piece)) > 0)
        str_add_bytes(&text, piece, strnlen(piece, CONSOLE_PIECE));
    libxl_xen_console_read_finish(xen_ctx(host), reader);
    if (more < 0)
        return xen_error(host, error, more, "cannot read the hypervisor's messages");
    *ret_text = str_detach(&text);
    return 0;
}
