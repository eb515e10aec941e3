/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which PCI functions there are and who has them; see pci.h. */
#include "xen/pci.h"

#include <dirent.h>
#include <fcntl.h>
#include <libxl_utils.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "xen/store.h"

#define SYSFS_DEVICES "/sys/bus/pci/devices"

void xen_pci_host_addresses(struct string_list *list)
{
    DIR *folder = opendir(SYSFS_DEVICES);
    const struct dirent *entry;
    struct pci_address address;

    while (folder && (entry = readdir(folder)))
        if (pci_address_parse(entry->d_name, &address))
            string_list_add(list, entry->d_name);
    if (folder)
        closedir(folder);
    string_list_sort(list);
}

static unsigned read_id(const char *folder, const char *file)
{
    auto_free char *path = xasprintf("%s/%s", folder, file);
    uint64_t id;

    return file_read_uint(AT_FDCWD, path, 16, &id) ? (unsigned)id : 0;
}

bool xen_pci_describe(struct pci_device *pci)
{
    char text[PCI_ADDRESS_SIZE], target[256];
    auto_free char *folder = xasprintf(SYSFS_DEVICES "/%s", pci_address_text(&pci->address, text));
    auto_free char *driver = xasprintf("%s/driver", folder);
    ssize_t length = readlink(driver, target, sizeof(target) - 1);
    const char *slash;

    pci->vendor_id = read_id(folder, "vendor");
    pci->device_id = read_id(folder, "device");
    pci->class_id = read_id(folder, "class");
    free(pci->driver);
    pci->driver = NULL;
    if (length > 0) {
        target[length] = '\0';
        slash = strrchr(target, '/');
        pci->driver = xstrdup(slash ? slash + 1 : target);
    }
    return access(folder, F_OK) == 0;
}

static struct pci_device *add_row(const libxl_device_pci *pci, bool all_columns,
                                  struct device_rows *rows)
{
    struct pci_device *row = device_rows_add(rows, sizeof(*row), pci_device_release);

    row->address = (struct pci_address){
        .segment = (unsigned)pci->domain,
        .bus = pci->bus,
        .slot = pci->dev,
        .function = pci->func,
    };
    row->guest_devfn = pci->vdevfn;
    row->name = xstrdup(pci->name);
    if (all_columns)
        (void)xen_pci_describe(row);
    return row;
}

/* libxl's list of a guest's functions does not tell who serves them; they have one backend. */
static uint32_t backend_of(struct xen_host *host, uint32_t domid)
{
    auto_free char *path = xasprintf("/libxl/%u/device/pci/0/backend-id", domid);
    auto_error ignored = NULL;
    struct xs_handle *store;
    unsigned length;
    auto_free char *text =
        xen_store(host, &store, &ignored) == 0 ? xs_read(store, XBT_NULL, path, &length) : NULL;

    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

static void collect_of(struct xen_host *host, const struct domain *domain, bool all_columns,
                       struct device_rows *rows)
{
    int count = 0;
    libxl_device_pci *list = libxl_device_pci_list(xen_ctx(host), domain->domid, &count);
    uint32_t backend = list && count && all_columns ? backend_of(host, domain->domid) : 0;

    for (int i = 0; list && i < count; i++) {
        struct pci_device *row = add_row(&list[i], all_columns, rows);

        device_set_domain(&row->device, domain);
        row->device.backend_domid = backend;
        if (all_columns)
            row->device.backend = libxl_domid_to_name(xen_ctx(host), backend);
    }
    if (list)
        libxl_device_pci_list_free(list, count);
}

int xen_pci_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                    bool all_columns, struct device_rows *rows, struct error **error)
{
    (void)error;
    for (size_t i = 0; i < count; i++)
        collect_of(host, domains[i], all_columns, rows);
    return 0;
}

int xen_pci_collect_assignable(struct xen_host *host, bool all_columns, struct device_rows *rows,
                               struct error **error)
{
    int count = 0;
    libxl_device_pci *list = libxl_device_pci_assignable_list(xen_ctx(host), &count);

    (void)error;
    for (int i = 0; list && i < count; i++)
        (void)add_row(&list[i], all_columns, rows);
    if (list)
        libxl_device_pci_assignable_list_free(list, count);
    return 0;
}

int xen_pci_named(struct xen_host *host, const struct domain *domain, const char *name,
                  struct pci_address *ret, struct error **error)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;

    if (xen_pci_collect_assignable(host, false, &rows, error) < 0)
        return -1;
    if (domain)
        collect_of(host, domain, false, &rows);
    for (size_t i = 0; i < rows.count; i++) {
        const struct pci_device *pci = rows.items[i];

        if (pci->name && strcmp(pci->name, name) == 0) {
            *ret = pci->address;
            return 0;
        }
    }
    error_set(error, ERR_DEVICE_NOT_FOUND, "no PCI device has the name '%s'", name);
    return error_hint(error, "'xn pci-assignable-list -n' shows those with names");
}
