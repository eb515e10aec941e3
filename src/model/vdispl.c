/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of virtual displays; see vdispl.h. */
#include "model/vdispl.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/device_columns.h"

#define VDISPL(row) ((const struct vdispl *)(row))

struct connector *vdispl_add_connector(struct vdispl *vdispl, const char *unique_id, uint32_t width,
                                       uint32_t height)
{
    struct connector *connector;

    vdispl->connectors =
        xreallocarray(vdispl->connectors, vdispl->connector_count + 1, sizeof(*vdispl->connectors));
    connector = &vdispl->connectors[vdispl->connector_count++];
    *connector = (struct connector){
        .unique_id = unique_id ? xstrdup(unique_id) : NULL,
        .width = width,
        .height = height,
        .request_event_channel = -1,
        .request_ring_ref = -1,
        .event_event_channel = -1,
        .event_ring_ref = -1,
    };
    string_list_take(&vdispl->connector_words,
                     xasprintf("%s:%ux%u", unique_id ? unique_id : "", width, height));
    return connector;
}

void vdispl_release(void *row)
{
    struct vdispl *vdispl = row;

    device_release(&vdispl->device);
    for (size_t i = 0; i < vdispl->connector_count; i++)
        free(vdispl->connectors[i].unique_id);
    free(vdispl->connectors);
    string_list_release(&vdispl->connector_words);
}

static void get_backend_allocates(const void *row, struct value *value)
{
    value_set_bool(value, VDISPL(row)->backend_allocates);
}

static void get_connectors(const void *row, struct value *value)
{
    value_set_list(value, &VDISPL(row)->connector_words);
}

static const struct column columns[] = {
    DEVICE_COLUMNS_FIRST,
    DEVICE_COLUMN("connectors", "CONNECTORS", VALUE_LIST, get_connectors,
                  "its screens, ID:WIDTHxHEIGHT"),
    DEVICE_COLUMN("backend_allocates", "BE-ALLOC", VALUE_BOOL, get_backend_allocates,
                  "the backend has the memory of the pictures"),
    DEVICE_COLUMNS_STATE,
    DEVICE_COLUMNS_LAST,
};

const struct column_table vdispl_columns = {
    .noun = "vdispls",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,devid,connectors,state,backend",
};

static void xl_connector(struct str *out, size_t index, const struct connector *connector)
{
    auto_free char *id = printable(connector->unique_id ? connector->unique_id : "(null)");

    str_addf(out, "\n\tConnector: %zu, id: %s, width: %d, height: %d, ", index, id,
             (int)connector->width, (int)connector->height);
    str_addf(out, "req-rref: %d, req-evtch: %d, evt-rref: %d, evt-evtch: %d",
             connector->request_ring_ref, connector->request_event_channel,
             connector->event_ring_ref, connector->event_event_channel);
}

static void xl_display(struct str *out, const void *row)
{
    const struct vdispl *vdispl = row;
    const struct device *device = &vdispl->device;

    str_addf(out, "DevId: %d, BE: %u, handle: %u, state: %d, ", device->devid,
             device->backend_domid, device->domid, device->state);
    str_addf(out, "be-alloc: %d, BE-path: %s, FE-path: %s", vdispl->backend_allocates,
             device->backend_path, device->frontend_path);
    for (size_t i = 0; i < vdispl->connector_count; i++)
        xl_connector(out, i, &vdispl->connectors[i]);
}

const struct xl_column vdispl_xl_columns[VDISPL_XL_COLUMNS] = { { "", xl_display } };
