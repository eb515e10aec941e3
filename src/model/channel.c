/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of channels; see channel.h. */
#include "model/channel.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/device_columns.h"

#define CHANNEL(row) ((const struct channel *)(row))

void channel_release(void *row)
{
    struct channel *channel = row;

    device_release(&channel->device);
    free(channel->name);
    free(channel->path);
}

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, CHANNEL(row)->name);
}

static void get_connection(const void *row, struct value *value)
{
    value_set_text(value, CHANNEL(row)->connection);
}

static void get_path(const void *row, struct value *value)
{
    value_set_text(value, CHANNEL(row)->path);
}

static void get_ring_ref(const void *row, struct value *value)
{
    device_value_number(value, CHANNEL(row)->ring_ref);
}

static const struct column columns[] = {
    DEVICE_COLUMNS_FIRST,
    DEVICE_COLUMN("name", "NAME", VALUE_TEXT, get_name, "its name, which both sides know"),
    DEVICE_COLUMN("connection", "CONNECTION", VALUE_TEXT, get_connection,
                  "what it leads to on the host: 'pty' or 'socket'"),
    DEVICE_COLUMN("path", "PATH", VALUE_TEXT, get_path, "path of the pseudoterminal or socket"),
    DEVICE_COLUMNS_STATE,
    DEVICE_COLUMN_EVENT_CHANNEL,
    DEVICE_COLUMN_RING_REF(get_ring_ref),
    DEVICE_COLUMNS_LAST,
};

const struct column_table channel_columns = {
    .noun = "channels",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,devid,name,connection,path,state",
};

static void xl_numbers(struct str *out, const void *row)
{
    const struct device *device = &CHANNEL(row)->device;

    str_addf(out, "%-3d %-2u %-5d %-6d %-8d ", device->devid, device->backend_domid, device->state,
             device->event_channel, CHANNEL(row)->ring_ref);
}

static void xl_connection(struct str *out, const void *row)
{
    const struct channel *channel = row;
    auto_free char *path = printable(channel->path ? channel->path : "(null)");

    str_addf(out, "%-10s ", channel->connection);
    if (strcmp(channel->connection, "pty") == 0)
        str_addf(out, "%-30s ", path);
}

const struct xl_column channel_xl_columns[CHANNEL_XL_COLUMNS] = {
    { "Idx BE state evt-ch ring-ref ", xl_numbers },
    { "connection                               ", xl_connection },
};
