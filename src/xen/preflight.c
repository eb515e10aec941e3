/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking Xen and its guests what a new guest would meet; see preflight.h. */
#include "xen/preflight.h"

#include <libxl_utils.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "xen/disk.h"
#include "xen/create.h"
#include "xen/domain.h"
#include "xen/memory.h"

struct preflight {
    struct xen_host *host;
    const struct host_config *host_config;
    const struct config_view *view;
    const libxl_domain_config *config;
    struct domain_list domains;
};

#define report_error(preflight, code, key, index, ...)                                             \
    config_report((preflight)->view, SEVERITY_ERROR, (code), (key), (index), __VA_ARGS__)
#define report_warning(preflight, code, key, index, ...)                                           \
    config_report((preflight)->view, SEVERITY_WARNING, (code), (key), (index), __VA_ARGS__)

/* What could not be asked is said, too: silence would mean that all is well. */
static void report_unasked(const struct preflight *preflight, const struct error *error)
{
    diagnostic_hint(
        report_warning(preflight, "not-checked", "name", CONFIG_WHOLE_VALUE, "%s", error->message),
        "this was not checked");
}

static void check_type(const struct preflight *preflight, const libxl_physinfo *physical)
{
    libxl_domain_type type = preflight->config->c_info.type;

    if (type == LIBXL_DOMAIN_TYPE_PV ? physical->cap_pv : physical->cap_hvm)
        return;
    diagnostic_hint(report_error(preflight, "host-type", "type", CONFIG_WHOLE_VALUE,
                                 "this hypervisor cannot run %s guests",
                                 type == LIBXL_DOMAIN_TYPE_PV    ? "PV"
                                 : type == LIBXL_DOMAIN_TYPE_PVH ? "PVH"
                                                                 : "HVM"),
                    type == LIBXL_DOMAIN_TYPE_PV
                        ? "it was built or started without PV"
                        : "the CPU has no hardware virtualisation, or the firmware turned it off");
}

static void check_cpus(const struct preflight *preflight, const libxl_physinfo *physical)
{
    int vcpus = preflight->config->b_info.max_vcpus;

    if (vcpus > 0 && (uint32_t)vcpus > physical->nr_cpus)
        report_warning(preflight, "host-cpus", "vcpus", CONFIG_WHOLE_VALUE,
                       "the guest can have %d CPUs and this host has %u", vcpus, physical->nr_cpus);
}

static void check_machine(const struct preflight *preflight)
{
    libxl_physinfo physical;

    libxl_physinfo_init(&physical);
    if (libxl_get_physinfo(xen_ctx(preflight->host), &physical) == 0) {
        check_type(preflight, &physical);
        check_cpus(preflight, &physical);
        if (preflight->config->num_pcidevs && !physical.cap_hvm_directio)
            diagnostic_hint(report_error(preflight, "host-iommu", "pci", CONFIG_WHOLE_VALUE,
                                         "this host can give no PCI device to a guest"),
                            "it has no IOMMU, or the firmware or Xen's command line turned it off");
    }
    libxl_physinfo_dispose(&physical);
}

static void check_memory(const struct preflight *preflight)
{
    struct memory_outlook outlook;
    auto_error error = NULL;

    if (xen_memory_outlook(preflight->host, preflight->config, preflight->host_config, &outlook,
                           &error) < 0) {
        report_unasked(preflight, error);
    } else if (outlook.needed_kib > memory_obtainable_kib(&outlook)) {
        auto_free char *summary = memory_summary(&outlook);
        auto_free char *advice = memory_advice(&outlook, &preflight->domains);

        diagnostic_hint(report_error(preflight, "host-memory", "memory", CONFIG_WHOLE_VALUE,
                                     "not enough memory: %s", summary),
                        "%s", advice);
    }
}

static void check_identity(const struct preflight *preflight)
{
    const libxl_domain_config *config = preflight->config;
    char uuid[UUID_TEXT_SIZE];

    xen_config_uuid(config, uuid);
    for (size_t i = 0; i < preflight->domains.count; i++) {
        const struct domain *domain = &preflight->domains.domains[i];

        if (domain->name && strcmp(domain->name, config->c_info.name) == 0)
            report_error(preflight, "name-in-use", "name", CONFIG_WHOLE_VALUE,
                         "a domain named '%s' is here already (domain %u)", domain->name,
                         domain->domid);
        if (strcasecmp(domain->uuid, uuid) == 0)
            report_error(preflight, "uuid-in-use", "uuid", CONFIG_WHOLE_VALUE,
                         "domain %u has this UUID already", domain->domid);
    }
}

/* A guest that is here under the same name is the guest itself, whose devices are no surprise. */
static bool is_other(const struct preflight *preflight, const struct domain *domain)
{
    return !domain->name || strcmp(domain->name, preflight->config->c_info.name) != 0;
}

static void compare_macs(const struct preflight *preflight, const struct domain *domain,
                         const libxl_device_nic *theirs)
{
    static const libxl_mac none;
    const libxl_domain_config *config = preflight->config;

    for (int i = 0; i < config->num_nics; i++)
        if (memcmp(config->nics[i].mac, none, sizeof(none)) != 0 &&
            memcmp(config->nics[i].mac, theirs->mac, sizeof(none)) == 0)
            report_error(preflight, "mac-in-use", "vif", i,
                         "domain %u has the MAC address " LIBXL_MAC_FMT " already", domain->domid,
                         LIBXL_MAC_BYTES(theirs->mac));
}

static void check_macs(const struct preflight *preflight, const struct domain *domain)
{
    int count = 0;
    libxl_device_nic *nics = libxl_device_nic_list(xen_ctx(preflight->host), domain->domid, &count);

    for (int i = 0; i < count; i++)
        compare_macs(preflight, domain, &nics[i]);
    libxl_device_nic_list_free(nics, count);
}

static void compare_disks(const struct preflight *preflight, const struct disk *theirs)
{
    const libxl_domain_config *config = preflight->config;

    for (int i = 0; i < config->num_disks; i++) {
        const libxl_device_disk *disk = &config->disks[i];

        if ((!disk->readwrite && !theirs->writable) || !xen_disk_is_same(theirs, disk) ||
            config_disk_is_shared(preflight->view, i))
            continue;
        diagnostic_hint(report_error(preflight, "disk-in-use", "disk", i,
                                     "domain %u uses '%s' now, and one of the two may write",
                                     theirs->device.domid, disk->pdev_path),
                        "both would destroy its file system; where the guests are made for it, "
                        "write w! for w");
    }
}

static void check_disks(const struct preflight *preflight, const struct domain *domain)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;
    auto_error error = NULL;

    if (xen_disk_list(preflight->host, &domain, 1, false, &rows, &error) < 0)
        report_unasked(preflight, error);
    for (size_t i = 0; i < rows.count; i++)
        compare_disks(preflight, rows.items[i]);
}

static void check_other_guests(const struct preflight *preflight)
{
    for (size_t i = 0; i < preflight->domains.count; i++) {
        const struct domain *domain = &preflight->domains.domains[i];

        if (domain->domid == 0 || !is_other(preflight, domain))
            continue;
        if (preflight->config->num_nics)
            check_macs(preflight, domain);
        if (preflight->config->num_disks)
            check_disks(preflight, domain);
    }
}

static bool is_same_pci(const libxl_device_pci *one, const libxl_device_pci *other)
{
    return one->domain == other->domain && one->bus == other->bus && one->dev == other->dev &&
           one->func == other->func;
}

static void check_pcis(const struct preflight *preflight)
{
    const libxl_domain_config *config = preflight->config;
    int count = 0;
    libxl_device_pci *assignable;

    if (!config->num_pcidevs)
        return;
    assignable = libxl_device_pci_assignable_list(xen_ctx(preflight->host), &count);
    for (int i = 0; i < config->num_pcidevs; i++) {
        const libxl_device_pci *pci = &config->pcidevs[i];
        bool found = pci->name || pci->seize;

        for (int j = 0; j < count && !found; j++)
            found = is_same_pci(pci, &assignable[j]);
        if (!found)
            diagnostic_hint(report_error(preflight, "pci-not-assignable", "pci", i,
                                         "%04x:%02x:%02x.%x is not ready to be given to a guest",
                                         (unsigned)pci->domain, pci->bus, pci->dev, pci->func),
                            "'xn pci-assignable-add' makes it so; seize=1 does it on the way");
    }
    libxl_device_pci_assignable_list_free(assignable, count);
}

static bool is_domain(const struct preflight *preflight, const char *name)
{
    for (size_t i = 0; i < preflight->domains.count; i++) {
        const struct domain *domain = &preflight->domains.domains[i];
        auto_free char *number = xasprintf("%u", domain->domid);

        if ((domain->name && strcmp(domain->name, name) == 0) || strcmp(number, name) == 0)
            return true;
    }
    return false;
}

static void check_backend(const struct preflight *preflight, const char *key, int index,
                          const char *name)
{
    if (name && !is_domain(preflight, name))
        report_error(preflight, "no-backend", key, index,
                     "there is no domain '%s' here to serve it", name);
}

static void check_backends(const struct preflight *preflight)
{
    const libxl_domain_config *config = preflight->config;

    for (int i = 0; i < config->num_disks; i++)
        check_backend(preflight, "disk", i, config->disks[i].backend_domname);
    for (int i = 0; i < config->num_nics; i++)
        check_backend(preflight, "vif", i, config->nics[i].backend_domname);
}

static bool has_pool(const struct preflight *preflight)
{
    const char *name = preflight->config->c_info.pool_name;
    uint32_t pool;

    if (!name || libxl_name_to_cpupoolid(xen_ctx(preflight->host), name, &pool) == 0)
        return true;
    report_error(preflight, "no-pool", "pool", CONFIG_WHOLE_VALUE, "there is no CPU pool '%s' here",
                 name);
    return false;
}

void xen_preflight(struct xen_host *host, const struct host_config *host_config,
                   const struct config_view *view)
{
    struct preflight preflight = {
        .host = host,
        .host_config = host_config,
        .view = view,
        .config = config_view_get(view),
    };
    auto_error error = NULL;

    xen_preflight_files(view);
    check_machine(&preflight);
    check_pcis(&preflight);
    if (xen_domain_list(host, DETAIL_NAMES, &preflight.domains, &error) < 0) {
        report_unasked(&preflight, error);
        return;
    }
    if (has_pool(&preflight)) /* libxl reckons with it */
        check_memory(&preflight);
    check_identity(&preflight);
    check_other_guests(&preflight);
    check_backends(&preflight);
    domain_list_release(&preflight.domains);
}
