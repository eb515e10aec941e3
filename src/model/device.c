/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What all devices have in common; see device.h. */
#include "model/device.h"

#include <stdlib.h>

#include "base/mem.h"

void device_release(struct device *device)
{
    free(device->domain);
    free(device->backend);
    free(device->backend_path);
    free(device->frontend_path);
}

void device_set_domain(struct device *device, const struct domain *domain)
{
    device->domid = domain->domid;
    free(device->domain);
    device->domain = xstrdup(domain->name);
}

const char *device_state_name(int state)
{
    static const char *const names[] = {
        [1] = "initialising", [2] = "init-wait", [3] = "initialised",   [4] = "connected",
        [5] = "closing",      [6] = "closed",    [7] = "reconfiguring", [8] = "reconfigured",
    };

    return state >= 1 && (size_t)state < ARRAY_SIZE(names) ? names[state] : "unknown";
}

void *device_rows_add(struct device_rows *rows, size_t size, void (*release)(void *row))
{
    void *row = xcalloc(1, size);

    rows->items = xreallocarray(rows->items, rows->count + 1, sizeof(*rows->items));
    rows->items[rows->count++] = row;
    rows->release = release;
    return row;
}

void device_rows_release(struct device_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        rows->release(rows->items[i]);
        free(rows->items[i]);
    }
    free(rows->items);
    *rows = (struct device_rows)DEVICE_ROWS_INIT;
}

#define DEVICE(row) ((const struct device *)(row))

void device_value_number(struct value *value, int64_t number)
{
    if (number != DEVICE_UNKNOWN)
        value_set_int(value, number);
}

void device_get_domain(const void *row, struct value *value)
{
    value_set_text(value, DEVICE(row)->domain);
}

void device_get_domid(const void *row, struct value *value)
{
    value_set_uint(value, DEVICE(row)->domid);
}

void device_get_devid(const void *row, struct value *value)
{
    value_set_int(value, DEVICE(row)->devid);
}

void device_get_backend(const void *row, struct value *value)
{
    value_set_text(value, DEVICE(row)->backend);
}

void device_get_backend_domid(const void *row, struct value *value)
{
    value_set_uint(value, DEVICE(row)->backend_domid);
}

void device_get_backend_path(const void *row, struct value *value)
{
    value_set_text(value, DEVICE(row)->backend_path);
}

void device_get_frontend_path(const void *row, struct value *value)
{
    value_set_text(value, DEVICE(row)->frontend_path);
}

void device_get_state(const void *row, struct value *value)
{
    if (DEVICE(row)->state != DEVICE_UNKNOWN)
        value_set_text(value, device_state_name(DEVICE(row)->state));
}

void device_get_state_number(const void *row, struct value *value)
{
    device_value_number(value, DEVICE(row)->state);
}

void device_get_event_channel(const void *row, struct value *value)
{
    device_value_number(value, DEVICE(row)->event_channel);
}
