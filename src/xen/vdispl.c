/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual displays; see small_device.h. */
#include "model/vdispl.h"

#include "xen/pv_device.h"
#include "xen/small_device.h"

static void add_row(struct xen_host *host, const struct domain *domain, bool all_columns,
                    const libxl_vdisplinfo *info, struct device_rows *rows)
{
    struct vdispl *row = device_rows_add(rows, sizeof(*row), vdispl_release);

    device_set_domain(&row->device, domain);
    device_set_ends(host, &row->device, info->backend_id, info->backend, info->frontend,
                    all_columns);
    row->device.devid = info->devid;
    row->device.state = info->state;
    row->device.event_channel = DEVICE_UNKNOWN;
    row->backend_allocates = info->be_alloc;
    for (int i = 0; i < info->num_connectors; i++) {
        const libxl_connectorinfo *from = &info->connectors[i];
        struct connector *connector =
            vdispl_add_connector(row, from->unique_id, from->width, from->height);

        connector->request_event_channel = from->req_evtch;
        connector->request_ring_ref = from->req_rref;
        connector->event_event_channel = from->evt_evtch;
        connector->event_ring_ref = from->evt_rref;
    }
}

int xen_vdispl_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                       bool all_columns, struct device_rows *rows, struct error **error)
{
    (void)error;
    for (size_t i = 0; i < count; i++) {
        uint32_t domid = domains[i]->domid;
        int number = 0;
        libxl_device_vdispl *list = libxl_device_vdispl_list(xen_ctx(host), domid, &number);

        for (int j = 0; list && j < number; j++) {
            libxl_vdisplinfo info;

            libxl_vdisplinfo_init(&info);
            if (libxl_device_vdispl_getinfo(xen_ctx(host), domid, &list[j], &info) == 0)
                add_row(host, domains[i], all_columns, &info, rows);
            libxl_vdisplinfo_dispose(&info);
        }
        libxl_device_vdispl_list_free(list, number);
    }
    return 0;
}
