/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PCI addresses. */
#include "unit.h"

#include "base/pci_address.h"

static void reads_as(const char *text, const char *expected)
{
    struct pci_address address;
    char buffer[PCI_ADDRESS_SIZE];

    assert_true(pci_address_parse(text, &address));
    assert_string_equal(pci_address_text(&address, buffer), expected);
}

static void good_addresses(void **state)
{
    (void)state;
    reads_as("0000:03:00.0", "0000:03:00.0");
    reads_as("03:00.0", "0000:03:00.0");
    reads_as("3:0.0", "0000:03:00.0");
    reads_as("ffff:ff:1f.7", "ffff:ff:1f.7");
    reads_as("FFFF:FF:1F.7", "ffff:ff:1f.7");
    reads_as("0:0:0.0", "0000:00:00.0");
    reads_as("03:00.*", "0000:03:00.*");
}

static void bad_addresses(void **state)
{
    static const char *const words[] = {
        "",
        ":",
        ".",
        "::.",
        "03",
        "03:00",
        "03:00.",
        "03:00.8",
        "03:00.00x",
        "03:20.0",
        "100:00.0",
        "10000:00:00.0",
        "zz:00.0",
        "03:00.0 ",
        " 03:00.0",
        "-3:00.0",
        "+3:00.0",
        "0x3:00.0",
        "03:00:0",
        "03:00.**",
        "03:*.0",
        "1:2:3:4.0",
        "00000000003:00.0",
        "03:00.0x",
        "ffffffffffffffff:00.0",
    };
    struct pci_address address = { .bus = 7 };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        assert_false(pci_address_parse(words[i], &address));
    assert_int_equal(address.bus, 7);
}

static void equality(void **state)
{
    struct pci_address one, other;

    (void)state;
    assert_true(pci_address_parse("03:00.0", &one));
    assert_true(pci_address_parse("0000:3:0.0", &other));
    assert_true(pci_address_equal(&one, &other));
    assert_true(pci_address_parse("03:00.*", &other));
    assert_false(pci_address_equal(&one, &other));
    assert_true(pci_address_parse("03:00.1", &other));
    assert_false(pci_address_equal(&one, &other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_addresses),
        cmocka_unit_test(bad_addresses),
        cmocka_unit_test(equality),
    };

    return cmocka_run_group_tests_name("pci-address", tests, NULL, NULL);
}
