/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of USB controllers; see usb.h. */
#include "model/usb.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/device_columns.h"

#define CONTROLLER(row) ((const struct usb_controller *)(row))

void usb_controller_set_ports(struct usb_controller *controller, int count)
{
    controller->port_count = count > 0 ? (size_t)count : 0;
    free(controller->ports);
    controller->ports = xcalloc(controller->port_count, sizeof(*controller->ports));
}

void usb_controller_put(struct usb_controller *controller, int port, unsigned host_bus,
                        unsigned host_address)
{
    if (port < 1 || (size_t)port > controller->port_count)
        return;
    controller->ports[port - 1] =
        (struct usb_port){ .used = true, .host_bus = host_bus, .host_address = host_address };
    string_list_take(&controller->device_words,
                     xasprintf("port=%d,hostbus=%u,hostaddr=%u", port, host_bus, host_address));
}

void usb_controller_release(void *row)
{
    struct usb_controller *controller = row;

    device_release(&controller->device);
    free(controller->ports);
    string_list_release(&controller->device_words);
}

static void get_type(const void *row, struct value *value)
{
    value_set_text(value, CONTROLLER(row)->type);
}

static void get_version(const void *row, struct value *value)
{
    value_set_int(value, CONTROLLER(row)->version);
}

static void get_ports(const void *row, struct value *value)
{
    value_set_uint(value, CONTROLLER(row)->port_count);
}

static void get_devices(const void *row, struct value *value)
{
    value_set_list(value, &CONTROLLER(row)->device_words);
}

static const struct column columns[] = {
    DEVICE_COLUMNS_FIRST,
    DEVICE_COLUMN("type", "TYPE", VALUE_TEXT, get_type,
                  "what serves it: 'pv', 'qusb' or 'devicemodel'"),
    DEVICE_COLUMN("usb_version", "USB", VALUE_INT, get_version, "USB version of the controller"),
    DEVICE_COLUMN("ports", "PORTS", VALUE_UINT, get_ports, "how many devices it can have"),
    DEVICE_COLUMN("devices", "DEVICES", VALUE_LIST, get_devices,
                  "what is in its ports, port=N,hostbus=N,hostaddr=N"),
    DEVICE_COLUMNS_STATE,
    DEVICE_COLUMNS_LAST,
};

const struct column_table usb_columns = {
    .noun = "usb_controllers",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,devid,type,usb_version,ports,devices",
};

static void xl_controller(struct str *out, const void *row)
{
    const struct usb_controller *controller = row;
    const struct device *device = &controller->device;

    str_addf(out, "%-6s %-12s %-3s %-5s %-7s %-5s\n", "Devid", "Type", "BE", "state", "usb-ver",
             "ports");
    str_addf(out, "%-6d %-12s %-3u %-5d %-7d %-5zu", device->devid, controller->type,
             device->backend_domid, device->state, controller->version, controller->port_count);
    for (size_t i = 0; i < controller->port_count; i++) {
        const struct usb_port *port = &controller->ports[i];

        str_addf(out, "\n  Port %zu:", i + 1);
        if (port->used) /* hexadecimal, unlike what usbdev-attach takes */
            str_addf(out, " Bus %03x Device %03x", port->host_bus, port->host_address);
    }
}

const struct xl_column usb_xl_columns[USB_XL_COLUMNS] = { { "", xl_controller } };
