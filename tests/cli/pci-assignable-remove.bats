#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn pci-assignable-remove, without Xen.
load helper

@test "pci-assignable-remove: help" {
    help_works pci-assignable-remove
}

@test "pci-assignable-remove: unknown options" {
    bad_options pci-assignable-remove
    bad_formats pci-assignable-remove
}

@test "pci-assignable-remove: a word is needed" {
    usage_error "'xn pci-assignable-remove' needs ADDRESS|NAME" \
        "usage: xn pci-assignable-remove [OPTION]... ADDRESS|NAME..." pci-assignable-remove
    usage_error "ADDRESS|NAME: empty word for a device" "" pci-assignable-remove ''
}

@test "pci-assignable-remove: words that are neither an address nor a name" {
    local word hint="an example is 0000:03:00.0; 'lspci -D' lists them"
    for word in 03:00 zz:00.0 03:00.8 100:00.0 a:b; do
        usage_error "'$word' is no PCI address" "$hint" pci-assignable-remove "$word" || return
    done
    usage_error "'03:00.*' is more than one function" "name each function: 03:00.0 03:00.1" pci-assignable-remove '03:00.*'
}

@test "pci-assignable-remove: no Xen" {
    no_xen pci-assignable-remove 0000:03:00.0
    no_xen pci-assignable-remove -r gpu 03:00.1
    json_error 4 no-xen pci-assignable-remove gpu --json
}

@test "pci-assignable-remove: usage errors as JSON" {
    json_error 2 usage pci-assignable-remove --json 03:00
}
