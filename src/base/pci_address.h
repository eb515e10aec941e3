/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of PCI functions, also called BDF for bus, device, function. */
#ifndef XN_BASE_PCI_ADDRESS_H
#define XN_BASE_PCI_ADDRESS_H

#include <stdbool.h>

struct pci_address {
    unsigned segment, bus, slot, function; /* segment is also called domain */
    bool all_functions;                    /* written "*"; .function is 0 then */
};

/* [SSSS:]BB:DD.F in hexadecimal digits, the whole text; F may be "*". */
bool pci_address_parse(const char *text, struct pci_address *ret);
#define PCI_ADDRESS_SIZE 16
/* "0000:03:00.0" into text, which has room for PCI_ADDRESS_SIZE bytes. Returns text. */
const char *pci_address_text(const struct pci_address *address, char *text);
bool pci_address_equal(const struct pci_address *one, const struct pci_address *other);

#endif
