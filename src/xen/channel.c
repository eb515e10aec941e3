/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Channels; see small_device.h. */
#include "model/channel.h"

#include <stdlib.h>

#include "base/mem.h"
#include "xen/pv_device.h"
#include "xen/small_device.h"

static void add_row(struct xen_host *host, const struct domain *domain, bool all_columns,
                    const libxl_device_channel *channel, const libxl_channelinfo *info,
                    struct device_rows *rows)
{
    struct channel *row = device_rows_add(rows, sizeof(*row), channel_release);

    device_set_domain(&row->device, domain);
    device_set_ends(host, &row->device, info->backend_id, info->backend, info->frontend,
                    all_columns);
    row->device.devid = info->devid;
    row->device.state = info->state;
    row->device.event_channel = info->evtch;
    row->ring_ref = info->rref;
    row->name = xstrdup(channel->name);
    row->connection = libxl_channel_connection_to_string(channel->connection);
    if (!row->connection)
        row->connection = "unknown";
    if (channel->connection == LIBXL_CHANNEL_CONNECTION_PTY)
        row->path = xstrdup(info->u.pty.path);
    else if (channel->connection == LIBXL_CHANNEL_CONNECTION_SOCKET)
        row->path = xstrdup(channel->u.socket.path);
}

/* libxl has no function that frees its list of channels. */
static void free_list(libxl_device_channel *list, int count)
{
    for (int i = 0; list && i < count; i++)
        libxl_device_channel_dispose(&list[i]);
    free(list);
}

int xen_channel_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                        bool all_columns, struct device_rows *rows, struct error **error)
{
    (void)error;
    for (size_t i = 0; i < count; i++) {
        uint32_t domid = domains[i]->domid;
        int number = 0;
        libxl_device_channel *list = libxl_device_channel_list(xen_ctx(host), domid, &number);

        for (int j = 0; list && j < number; j++) {
            libxl_channelinfo info;

            libxl_channelinfo_init(&info);
            if (libxl_device_channel_getinfo(xen_ctx(host), domid, &list[j], &info) == 0)
                add_row(host, domains[i], all_columns, &list[j], &info, rows);
            libxl_channelinfo_dispose(&info);
        }
        free_list(list, number);
    }
    return 0;
}
