/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PCI functions of the host, who has them, and the columns of two listings. */
#ifndef XN_MODEL_PCI_H
#define XN_MODEL_PCI_H

#include "base/pci_address.h"
#include "model/device.h"

/* A function of the host. .device tells the guest that has it; it is zero when none has. */
struct pci_device {
    struct device device;
    struct pci_address address;
    unsigned guest_devfn;                    /* slot * 8 + function that the guest sees it as */
    char *name;                              /* that pci-assignable-add has given, NULL: none */
    unsigned vendor_id, device_id, class_id; /* 0: not known */
    char *driver;                            /* of domain 0: "pciback", "e1000"; NULL: none */
};

/* For device_rows_add. */
void pci_device_release(void *row);

extern const struct column_table pci_columns;            /* of those that guests have */
extern const struct column_table pci_assignable_columns; /* of those that guests could have */

#define PCI_XL_COLUMNS 2
extern const struct xl_column pci_xl_columns[PCI_XL_COLUMNS];
/* Without titles. */
#define PCI_ASSIGNABLE_XL_COLUMNS 2
extern const struct xl_column pci_assignable_xl_columns[PCI_ASSIGNABLE_XL_COLUMNS];

#endif
