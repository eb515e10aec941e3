/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking Xen and its guests what one new device of a running domain would meet; see preflight.h. */
#include "xen/preflight.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "xen/disk.h"
#include "xen/domain.h"
#include "xen/nic.h"

struct preflight {
    struct xen_host *host;
    const struct domain *domain; /* that is to get the device */
    const struct config_view *view;
    const libxl_domain_config *config;
    struct domain_list list;
    const struct domain **domains; /* of the list */
};

/* What could not be asked is an error: two writers cost a file system. */
static void report_unasked(const struct preflight *preflight, const char *key,
                           const struct error *error)
{
    (void)config_report(preflight->view, SEVERITY_ERROR, "not-checked", key, CONFIG_WHOLE_VALUE,
                        "%s", error->message);
}

static void report_disk(const struct preflight *preflight, int index, const struct disk *theirs)
{
    const libxl_device_disk *ours = &preflight->config->disks[index];
    auto_free char *label = theirs->device.domid == preflight->domain->domid
                                ? xstrdup("the same domain")
                                : xasprintf("domain %u", theirs->device.domid);

    diagnostic_hint(config_report(preflight->view, SEVERITY_ERROR, "disk-in-use", "disk", index,
                                  "%s uses '%s' now (%s, %s), and one of the two may write", label,
                                  ours->pdev_path, theirs->vdev, theirs->writable ? "rw" : "ro"),
                    "both would destroy its file system; where the guests are made for it, write "
                    "w! for w");
}

static void check_disk(const struct preflight *preflight, int index, const struct device_rows *rows)
{
    const libxl_device_disk *ours = &preflight->config->disks[index];

    if (config_disk_is_shared(preflight->view, index))
        return;
    for (size_t i = 0; i < rows->count; i++) {
        const struct disk *theirs = rows->items[i];

        if ((ours->readwrite || theirs->writable) && xen_disk_is_same(theirs, ours)) {
            report_disk(preflight, index, theirs);
            return;
        }
    }
}

static void check_disks(const struct preflight *preflight)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;
    auto_error error = NULL;

    if (!preflight->config->num_disks)
        return;
    if (xen_disk_list(preflight->host, preflight->domains, preflight->list.count, false, &rows,
                      &error) < 0) {
        report_unasked(preflight, "disk", error);
        return;
    }
    for (int i = 0; i < preflight->config->num_disks; i++)
        check_disk(preflight, i, &rows);
}

/* Bridges that never meet may have the same address twice; so it is only said. */
static void check_mac(const struct preflight *preflight, int index, const struct device_rows *rows)
{
    auto_free char *mac =
        xasprintf(LIBXL_MAC_FMT, LIBXL_MAC_BYTES(preflight->config->nics[index].mac));

    for (size_t i = 0; i < rows->count; i++) {
        const struct nic *theirs = rows->items[i];

        if (strcmp(mac, theirs->mac) == 0)
            (void)config_report(preflight->view, SEVERITY_WARNING, "mac-in-use", "vif", index,
                                "domain %u has the MAC address %s already", theirs->device.domid,
                                mac);
    }
}

static void check_macs(const struct preflight *preflight)
{
    static const libxl_mac none;
    auto_device_rows rows = DEVICE_ROWS_INIT;
    auto_error ignored = NULL;

    if (!preflight->config->num_nics ||
        memcmp(preflight->config->nics[0].mac, none, sizeof(none)) == 0 ||
        xen_nic_list(preflight->host, preflight->domains, preflight->list.count, false, &rows,
                     &ignored) < 0)
        return;
    for (int i = 0; i < preflight->config->num_nics; i++)
        check_mac(preflight, i, &rows);
}

static void check_backend(const struct preflight *preflight, const char *key, const char *name)
{
    for (size_t i = 0; name && i < preflight->list.count; i++) {
        const struct domain *domain = &preflight->list.domains[i];
        auto_free char *number = xasprintf("%u", domain->domid);

        if ((domain->name && strcmp(domain->name, name) == 0) || strcmp(number, name) == 0)
            return;
    }
    if (name)
        (void)config_report(preflight->view, SEVERITY_ERROR, "no-backend", key, 0,
                            "there is no domain '%s' here to serve it", name);
}

static void check_others(struct preflight *preflight)
{
    const libxl_domain_config *config = preflight->config;
    auto_free const struct domain **domains =
        xcalloc(preflight->list.count, sizeof(*preflight->domains));

    preflight->domains = domains;
    for (size_t i = 0; i < preflight->list.count; i++)
        domains[i] = &preflight->list.domains[i];
    check_disks(preflight);
    check_macs(preflight);
    for (int i = 0; i < config->num_disks; i++)
        check_backend(preflight, "disk", config->disks[i].backend_domname);
    for (int i = 0; i < config->num_nics; i++)
        check_backend(preflight, "vif", config->nics[i].backend_domname);
}

void xen_preflight_device(struct xen_host *host, const struct domain *domain,
                          const struct config_view *view)
{
    struct preflight preflight = {
        .host = host, .domain = domain, .view = view, .config = config_view_get(view)
    };
    auto_error error = NULL;

    xen_preflight_device_files(view);
    if (xen_domain_list(host, DETAIL_NAMES, &preflight.list, &error) < 0)
        report_unasked(&preflight, "disk", error);
    else
        check_others(&preflight);
    domain_list_release(&preflight.list);
}
