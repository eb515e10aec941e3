/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A USB controller of a guest with what is in its ports, and the columns of its listing. */
#ifndef XN_MODEL_USB_H
#define XN_MODEL_USB_H

#include "model/device.h"

/* What is in port N, counted from 1, is at index N - 1. */
struct usb_port {
    bool used;
    unsigned host_bus, host_address;
};

struct usb_controller {
    struct device device;
    const char *type; /* "pv", "qusb", "devicemodel" or "auto"; static */
    int version;      /* of USB */
    struct usb_port *ports;
    size_t port_count;
    struct string_list device_words; /* "port=1,hostbus=2,hostaddr=5" */
};

/* Gives the controller that many empty ports. */
void usb_controller_set_ports(struct usb_controller *controller, int count);
/* Puts a device of the host into a port, counted from 1; ports that it has not are left out. */
void usb_controller_put(struct usb_controller *controller, int port, unsigned host_bus,
                        unsigned host_address);
/* For device_rows_add. */
void usb_controller_release(void *row);

extern const struct column_table usb_columns;

/* xl's layout repeats its titles for every controller and has a line for each port. */
#define USB_XL_COLUMNS 1
extern const struct xl_column usb_xl_columns[USB_XL_COLUMNS];

#endif
