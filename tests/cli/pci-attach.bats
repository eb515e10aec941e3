#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn pci-attach, without Xen.
load helper

@test "pci-attach: help" {
    help_works pci-attach
}

@test "pci-attach: unknown options" {
    bad_options pci-attach
    bad_formats pci-attach
}

@test "pci-attach: two words are needed" {
    usage_error "'xn pci-attach' needs DOMAIN and PART" "usage: xn pci-attach [OPTION]... DOMAIN PART..." pci-attach
    usage_error "'xn pci-attach' needs PART" "usage: xn pci-attach [OPTION]... DOMAIN PART..." pci-attach web
}

@test "pci-attach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" pci-attach '' 0000:03:00.0
    bad_domains pci-attach 0000:03:00.0
}

@test "pci-attach: parts that cannot be understood" {
    bad_part "pci:1:1: 'zz:00.0' is no PCI address; an example is 0000:03:00.0" \
        pci-attach web zz:00.0
    bad_part "pci:1:1: '03:00.8' is no PCI address; an example is 0000:03:00.0" \
        pci-attach web 03:00.8
    bad_part "pci:1:1: '03:20.0' is no PCI address; an example is 0000:03:00.0" \
        pci-attach web 03:20.0
    bad_part "pci:1:1: a PCI device has neither an address nor a name; an example is 0000:03:00.0" \
        pci-attach web permissive=1
    bad_part "pci:1:1: a PCI device has both an address and a name" \
        pci-attach web 03:00.0 name=gpu
    bad_part "pci:1:1: '20' is no slot; slots are hexadecimal, from 0 to 1f" \
        pci-attach web 03:00.0@20
}

@test "pci-attach: times" {
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        pci-attach web 0000:03:00.0 --timeout soon
}

@test "pci-attach: completion" {
    xn __complete pci-attach web 03:00.0 per
    status_is 0
    equal words "${output//$'\n'/ }" "permissive="
}

@test "pci-attach: no Xen" {
    no_xen pci-attach web 0000:03:00.0
    no_xen pci-attach --timeout 5s web 0000:03:00.0
    no_xen pci-attach -n web 0000:03:00.0
    json_error 4 no-xen pci-attach web 0000:03:00.0 --json
}

@test "pci-attach: a dry run is understood before the command, too" {
    skip_with_xen
    xn -N pci-attach web 0000:03:00.0
    status_is 4
}

@test "pci-attach: usage errors as JSON" {
    json_error 2 usage pci-attach --json
}
