/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual keyboards; see small_device.h. */
#include "model/vkb.h"

#include "base/mem.h"
#include "xen/pv_device.h"
#include "xen/small_device.h"

static void add_row(struct xen_host *host, const struct domain *domain, bool all_columns,
                    const libxl_device_vkb *vkb, const libxl_vkbinfo *info,
                    struct device_rows *rows)
{
    struct vkb *row = device_rows_add(rows, sizeof(*row), vkb_release);

    device_set_domain(&row->device, domain);
    device_set_ends(host, &row->device, info->backend_id, info->backend, info->frontend,
                    all_columns);
    row->device.devid = info->devid;
    row->device.state = info->state;
    row->device.event_channel = info->evtch;
    row->ring_ref = info->rref;
    row->unique_id = xstrdup(vkb->unique_id);
    row->backend_type = libxl_vkb_backend_to_string(vkb->backend_type);
    if (!row->backend_type)
        row->backend_type = "unknown";
}

int xen_vkb_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                    bool all_columns, struct device_rows *rows, struct error **error)
{
    (void)error;
    for (size_t i = 0; i < count; i++) {
        uint32_t domid = domains[i]->domid;
        int number = 0;
        libxl_device_vkb *list = libxl_device_vkb_list(xen_ctx(host), domid, &number);

        for (int j = 0; list && j < number; j++) {
            libxl_vkbinfo info;

            libxl_vkbinfo_init(&info);
            if (libxl_device_vkb_getinfo(xen_ctx(host), domid, &list[j], &info) == 0)
                add_row(host, domains[i], all_columns, &list[j], &info, rows);
            libxl_vkbinfo_dispose(&info);
        }
        libxl_device_vkb_list_free(list, number);
    }
    return 0;
}
