/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of virtual TPMs; see vtpm.h. */
#include "model/vtpm.h"

#include "base/mem.h"
#include "model/device_columns.h"

#define VTPM(row) ((const struct vtpm *)(row))

void vtpm_release(void *row)
{
    struct vtpm *vtpm = row;

    device_release(&vtpm->device);
}

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, VTPM(row)->uuid);
}

static void get_ring_ref(const void *row, struct value *value)
{
    device_value_number(value, VTPM(row)->ring_ref);
}

static const struct column columns[] = {
    DEVICE_COLUMNS_FIRST,
    DEVICE_COLUMN("uuid", "UUID", VALUE_TEXT, get_uuid, "UUID of the TPM"),
    DEVICE_COLUMNS_STATE,
    DEVICE_COLUMN_EVENT_CHANNEL,
    DEVICE_COLUMN_RING_REF(get_ring_ref),
    DEVICE_COLUMNS_LAST,
};

const struct column_table vtpm_columns = {
    .noun = "vtpms",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,devid,uuid,state,backend",
};

static void xl_numbers(struct str *out, const void *row)
{
    str_addf(out, "%-3d %-2u ", VTPM(row)->device.devid, VTPM(row)->device.backend_domid);
}

static void xl_uuid(struct str *out, const void *row)
{
    str_addf(out, "%s ", VTPM(row)->uuid);
}

static void xl_rest(struct str *out, const void *row)
{
    const struct device *device = &VTPM(row)->device;

    str_addf(out, "%6d %5d %6d %8d %-30s", device->devid, device->state, device->event_channel,
             VTPM(row)->ring_ref, device->backend_path);
}

const struct xl_column vtpm_xl_columns[VTPM_XL_COLUMNS] = {
    { "Idx BE ", xl_numbers },
    { "Uuid                                 ", xl_uuid },
    { "handle state evt-ch ring-ref BE-path   ", xl_rest },
};
