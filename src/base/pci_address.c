/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading and writing PCI addresses; see pci_address.h. */
#include "base/pci_address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Takes hexadecimal digits and the character behind them. */
static bool take_field(const char **text, char end, unsigned max, unsigned *ret)
{
    size_t digits = strspn(*text, "0123456789abcdefABCDEF");
    unsigned long value;

    if (digits == 0 || digits > 8 || (*text)[digits] != end)
        return false;
    value = strtoul(*text, NULL, 16);
    if (value > max)
        return false;
    *ret = (unsigned)value;
    *text += digits + (end != '\0');
    return true;
}

bool pci_address_parse(const char *text, struct pci_address *ret)
{
    const char *colon = strchr(text, ':');
    struct pci_address address = { .segment = 0 };

    if (colon && strchr(colon + 1, ':') && !take_field(&text, ':', 0xffff, &address.segment))
        return false;
    if (!take_field(&text, ':', 0xff, &address.bus) || !take_field(&text, '.', 0x1f, &address.slot))
        return false;
    address.all_functions = strcmp(text, "*") == 0;
    if (!address.all_functions && !take_field(&text, '\0', 7, &address.function))
        return false;
    *ret = address;
    return true;
}

const char *pci_address_text(const struct pci_address *address, char *text)
{
    char function[] = { (char)('0' + address->function % 8), '\0' };

    snprintf(text, PCI_ADDRESS_SIZE, "%04x:%02x:%02x.%s", address->segment & 0xffff,
             address->bus & 0xff, address->slot & 0x1f, address->all_functions ? "*" : function);
    return text;
}

bool pci_address_equal(const struct pci_address *one, const struct pci_address *other)
{
    return one->segment == other->segment && one->bus == other->bus && one->slot == other->slot &&
           one->function == other->function && one->all_functions == other->all_functions;
}
