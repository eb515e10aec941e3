#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn pci-detach, without Xen.
load helper

@test "pci-detach: help" {
    help_works pci-detach
}

@test "pci-detach: unknown options" {
    bad_options pci-detach
    bad_formats pci-detach
}

@test "pci-detach: two words are needed" {
    local usage="usage: xn pci-detach [OPTION]... DOMAIN DEVICE"
    usage_error "'xn pci-detach' needs DOMAIN and DEVICE" "$usage" pci-detach
    usage_error "'xn pci-detach' needs DEVICE" "$usage" pci-detach web
    usage_error "too many arguments: 'x'" "see 'xn pci-detach --help'" pci-detach web 03:00.0 x
}

@test "pci-detach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" pci-detach '' 03:00.0
    bad_domains pci-detach 03:00.0
}

@test "pci-detach: words that name no device" {
    bad_part "pci:1:1: '03:00' is no PCI address; an example is 0000:03:00.0" \
        pci-detach web 03:00
    usage_error "DEVICE: empty word for a device" "" pci-detach web ''
    no_xen pci-detach web name=gpu
    no_xen pci-detach web '03:00.*'
}

@test "pci-detach: no Xen" {
    no_xen pci-detach web 03:00.0
    no_xen pci-detach -f web 03:00.0 --timeout 5s
    json_error 4 no-xen pci-detach web 03:00.0 --json
}

@test "pci-detach: there is no dry run" {
    fails 2 "'xn pci-detach' has no dry run" "" -N pci-detach web 03:00.0
}

@test "pci-detach: usage errors as JSON" {
    json_error 2 usage pci-detach --json web
}
