/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual TPMs; see small_device.h. */
#include "model/vtpm.h"

#include <libxl_utils.h>
#include <stdio.h>

#include "xen/pv_device.h"
#include "xen/small_device.h"

static void add_row(struct xen_host *host, const struct domain *domain, bool all_columns,
                    const libxl_vtpminfo *info, struct device_rows *rows)
{
    struct vtpm *row = device_rows_add(rows, sizeof(*row), vtpm_release);

    device_set_domain(&row->device, domain);
    device_set_ends(host, &row->device, info->backend_id, info->backend, info->frontend,
                    all_columns);
    row->device.devid = info->devid;
    row->device.state = info->state;
    row->device.event_channel = info->evtch;
    row->ring_ref = info->rref;
    snprintf(row->uuid, sizeof(row->uuid), LIBXL_UUID_FMT, LIBXL_UUID_BYTES(info->uuid));
}

int xen_vtpm_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                     bool all_columns, struct device_rows *rows, struct error **error)
{
    (void)error;
    for (size_t i = 0; i < count; i++) {
        uint32_t domid = domains[i]->domid;
        int number = 0;
        libxl_device_vtpm *list = libxl_device_vtpm_list(xen_ctx(host), domid, &number);

        for (int j = 0; list && j < number; j++) {
            libxl_vtpminfo info;

            libxl_vtpminfo_init(&info);
            if (libxl_device_vtpm_getinfo(xen_ctx(host), domid, &list[j], &info) == 0)
                add_row(host, domains[i], all_columns, &info, rows);
            libxl_vtpminfo_dispose(&info);
        }
        libxl_device_vtpm_list_free(list, number);
    }
    return 0;
}

int xen_vtpm_devid(struct xen_host *host, const struct domain *domain, const char *uuid,
                   int *ret_devid, struct error **error)
{
    libxl_device_vtpm vtpm;
    libxl_uuid wanted;

    if (libxl_uuid_from_string(&wanted, uuid) ||
        libxl_uuid_to_device_vtpm(xen_ctx(host), domain->domid, &wanted, &vtpm))
        return error_set(error, ERR_DEVICE_NOT_FOUND, "domain %u has no vtpm with the UUID %s",
                         domain->domid, uuid);
    *ret_devid = vtpm.devid;
    libxl_device_vtpm_dispose(&vtpm);
    return 0;
}
