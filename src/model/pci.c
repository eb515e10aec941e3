/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of PCI functions; see pci.h. */
#include "model/pci.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/device_columns.h"

#define PCI(row) ((const struct pci_device *)(row))

void pci_device_release(void *row)
{
    struct pci_device *pci = row;

    device_release(&pci->device);
    free(pci->name);
    free(pci->driver);
}

static void get_guest_address(const void *row, struct value *value)
{
    unsigned devfn = PCI(row)->guest_devfn;

    value_take_text(value, xasprintf("%02x.%x", (devfn >> 3) & 0x1f, devfn & 7));
}

static void get_address(const void *row, struct value *value)
{
    char text[PCI_ADDRESS_SIZE];

    value_take_text(value, xstrdup(pci_address_text(&PCI(row)->address, text)));
}

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, PCI(row)->name);
}

static void set_id(struct value *value, unsigned id, int digits)
{
    if (id)
        value_take_text(value, xasprintf("%0*x", digits, id));
}

static void get_vendor_id(const void *row, struct value *value)
{
    set_id(value, PCI(row)->vendor_id, 4);
}

static void get_device_id(const void *row, struct value *value)
{
    set_id(value, PCI(row)->device_id, 4);
}

static void get_class_id(const void *row, struct value *value)
{
    set_id(value, PCI(row)->class_id, 6);
}

static void get_driver(const void *row, struct value *value)
{
    value_set_text(value, PCI(row)->driver);
}

#define ADDRESS_COLUMN                                                                             \
    DEVICE_COLUMN("address", "ADDRESS", VALUE_TEXT, get_address,                                   \
                  "address on the host, such as 0000:03:00.0")
#define FUNCTION_COLUMNS                                                                           \
    DEVICE_COLUMN("name", "NAME", VALUE_TEXT, get_name,                                            \
                  "name that pci-assignable-add has given it"),                                    \
        DEVICE_COLUMN("vendor_id", "VENDOR", VALUE_TEXT, get_vendor_id,                            \
                      "who made it, four hexadecimal digits"),                                     \
        DEVICE_COLUMN("device_id", "DEVICE", VALUE_TEXT, get_device_id,                            \
                      "what it is, four hexadecimal digits"),                                      \
        DEVICE_COLUMN("class_id", "CLASS", VALUE_TEXT, get_class_id,                               \
                      "kind of device, six hexadecimal digits"),                                   \
        DEVICE_COLUMN("driver", "DRIVER", VALUE_TEXT, get_driver,                                  \
                      "driver of domain 0 that holds it")

static const struct column device_columns[] = {
    DEVICE_COLUMN_DOMAIN,
    DEVICE_COLUMN_DOMID,
    ADDRESS_COLUMN,
    DEVICE_COLUMN("guest_address", "IN-GUEST", VALUE_TEXT, get_guest_address,
                  "slot and function that the guest sees it as"),
    FUNCTION_COLUMNS,
    DEVICE_COLUMN_BACKEND,
    DEVICE_COLUMN_BACKEND_DOMID,
};

const struct column_table pci_columns = {
    .noun = "pci_devices",
    .columns = device_columns,
    .count = ARRAY_SIZE(device_columns),
    .defaults = "domain,guest_address,address,name",
};

static const struct column function_columns[] = {
    ADDRESS_COLUMN,
    FUNCTION_COLUMNS,
};

const struct column_table pci_assignable_columns = {
    .noun = "pci_functions",
    .columns = function_columns,
    .count = ARRAY_SIZE(function_columns),
    .defaults = "address,name,vendor_id,device_id,class_id",
};

static void xl_guest_address(struct str *out, const void *row)
{
    unsigned devfn = PCI(row)->guest_devfn;

    str_addf(out, "%02x.%01x ", (devfn >> 3) & 0x1f, devfn & 7);
}

static void xl_address(struct str *out, const void *row)
{
    char text[PCI_ADDRESS_SIZE];

    str_add(out, pci_address_text(&PCI(row)->address, text));
}

const struct xl_column pci_xl_columns[PCI_XL_COLUMNS] = {
    { "Vdev ", xl_guest_address },
    { "Device", xl_address },
};

static void xl_address_blank(struct str *out, const void *row)
{
    xl_address(out, row);
    str_add_char(out, ' ');
}

static void xl_name(struct str *out, const void *row)
{
    const char *name = PCI(row)->name;

    if (name)
        str_add_printable(out, name, strlen(name));
}

const struct xl_column pci_assignable_xl_columns[PCI_ASSIGNABLE_XL_COLUMNS] = {
    { "", xl_address_blank },
    { "", xl_name },
};
