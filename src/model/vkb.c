/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of virtual keyboards; see vkb.h. */
#include "model/vkb.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/device_columns.h"

#define VKB(row) ((const struct vkb *)(row))

void vkb_release(void *row)
{
    struct vkb *vkb = row;

    device_release(&vkb->device);
    free(vkb->unique_id);
}

static void get_unique_id(const void *row, struct value *value)
{
    value_set_text(value, VKB(row)->unique_id);
}

static void get_backend_type(const void *row, struct value *value)
{
    value_set_text(value, VKB(row)->backend_type);
}

static void get_ring_ref(const void *row, struct value *value)
{
    device_value_number(value, VKB(row)->ring_ref);
}

static const struct column columns[] = {
    DEVICE_COLUMNS_FIRST,
    DEVICE_COLUMN("unique_id", "UNIQUE-ID", VALUE_TEXT, get_unique_id, "its name for the backend"),
    DEVICE_COLUMN("backend_type", "TYPE", VALUE_TEXT, get_backend_type,
                  "what serves it: 'qemu' or 'linux'"),
    DEVICE_COLUMNS_STATE,
    DEVICE_COLUMN_EVENT_CHANNEL,
    DEVICE_COLUMN_RING_REF(get_ring_ref),
    DEVICE_COLUMNS_LAST,
};

const struct column_table vkb_columns = {
    .noun = "vkbs",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,devid,unique_id,backend_type,state,backend",
};

static void xl_numbers(struct str *out, const void *row)
{
    const struct device *device = &VKB(row)->device;

    str_addf(out, "%-3d %-2u %6d %5d %6d %6d ", device->devid, device->backend_domid, device->devid,
             device->state, device->event_channel, VKB(row)->ring_ref);
}

static void xl_texts(struct str *out, const void *row)
{
    auto_free char *id = printable(VKB(row)->unique_id ? VKB(row)->unique_id : "(null)");

    str_addf(out, "%-10s %-10s %-30s", id, VKB(row)->backend_type, VKB(row)->device.backend_path);
}

const struct xl_column vkb_xl_columns[VKB_XL_COLUMNS] = {
    { "Idx BE handle state evt-ch    ref ", xl_numbers },
    { "ID         BE-type    BE-path                       ", xl_texts },
};
