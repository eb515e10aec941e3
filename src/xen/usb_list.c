/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* USB controllers of guests and what is in their ports; see small_device.h. */
#include "model/usb.h"

#include "xen/pv_device.h"
#include "xen/small_device.h"

static void add_row(struct xen_host *host, const struct domain *domain, bool all_columns,
                    const libxl_usbctrlinfo *info, const libxl_device_usbdev *devices, int count,
                    struct device_rows *rows)
{
    struct usb_controller *row = device_rows_add(rows, sizeof(*row), usb_controller_release);
    const char *type = libxl_usbctrl_type_to_string(info->type);

    device_set_domain(&row->device, domain);
    device_set_ends(host, &row->device, info->backend_id, info->backend, info->frontend,
                    all_columns);
    row->device.devid = info->devid;
    row->device.state = info->state;
    row->device.event_channel = info->evtch;
    row->type = type ? type : "unknown";
    row->version = info->version;
    usb_controller_set_ports(row, info->ports);
    for (int i = 0; i < count; i++)
        if (devices[i].ctrl == info->devid)
            usb_controller_put(row, devices[i].port, devices[i].u.hostdev.hostbus,
                               devices[i].u.hostdev.hostaddr);
}

static void collect_of(struct xen_host *host, const struct domain *domain, bool all_columns,
                       struct device_rows *rows)
{
    int count = 0, device_count = 0;
    libxl_device_usbctrl *list = libxl_device_usbctrl_list(xen_ctx(host), domain->domid, &count);
    libxl_device_usbdev *devices =
        list && count ? libxl_device_usbdev_list(xen_ctx(host), domain->domid, &device_count)
                      : NULL;

    for (int i = 0; list && i < count; i++) {
        libxl_usbctrlinfo info;

        libxl_usbctrlinfo_init(&info);
        if (libxl_device_usbctrl_getinfo(xen_ctx(host), domain->domid, &list[i], &info) == 0)
            add_row(host, domain, all_columns, &info, devices, devices ? device_count : 0, rows);
        libxl_usbctrlinfo_dispose(&info);
    }
    if (devices)
        libxl_device_usbdev_list_free(devices, device_count);
    if (list)
        libxl_device_usbctrl_list_free(list, count);
}

int xen_usb_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                    bool all_columns, struct device_rows *rows, struct error **error)
{
    (void)error;
    for (size_t i = 0; i < count; i++)
        collect_of(host, domains[i], all_columns, rows);
    return 0;
}
