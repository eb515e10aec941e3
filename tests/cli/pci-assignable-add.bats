#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn pci-assignable-add, without Xen.
load helper

@test "pci-assignable-add: help" {
    help_works pci-assignable-add
}

@test "pci-assignable-add: unknown options" {
    bad_options pci-assignable-add
    bad_formats pci-assignable-add
}

@test "pci-assignable-add: an address is needed" {
    usage_error "'xn pci-assignable-add' needs ADDRESS" "usage: xn pci-assignable-add [OPTION]... ADDRESS..." pci-assignable-add
    usage_error "ADDRESS: empty word for a device" "" pci-assignable-add ''
}

@test "pci-assignable-add: words that are no address of one function" {
    local word hint="an example is 0000:03:00.0; 'lspci -D' lists them"
    for word in 03:00 zz:00.0 03:00.8 03:20.0 100:00.0 10000:00:00.0 03:00.0x gpu 0000:03:00:0 : . 0000000003:00.0; do
        usage_error "'$word' is no PCI address" "$hint" pci-assignable-add "$word" || return
        usage_error "'$word' is no PCI address" "$hint" pci-assignable-add 03:00.0 "$word" || return
    done
    usage_error "'03:00.*' is more than one function" "name each function: 03:00.0 03:00.1" pci-assignable-add '03:00.*'
}

@test "pci-assignable-add: names" {
    local hint="letters, digits and '-', '_', '.', '+' can stand in it"
    usage_error "option '--name': 'a b' is no name for a PCI device" "$hint" pci-assignable-add -n 'a b' 03:00.0
    usage_error "option '--name': 'a/b' is no name for a PCI device" "$hint" pci-assignable-add -n a/b 03:00.0
    usage_error "option '--name': '' is no name for a PCI device" "$hint" pci-assignable-add --name= 03:00.0
    usage_error "option '--name': '\\x1b' is no name for a PCI device" "$hint" pci-assignable-add -n $'\e' 03:00.0
    usage_error "--name is for one device, and there are 2" "" pci-assignable-add -n gpu 03:00.0 03:00.1
}

@test "pci-assignable-add: completion" {
    [ -d /sys/bus/pci/devices ] || skip "this machine has no PCI bus"
    xn __complete pci-assignable-add ''
    status_is 0
    equal addresses "$output" "$(cd /sys/bus/pci/devices && printf '%s\n' * | grep : | sort)"
}

@test "pci-assignable-add: no Xen" {
    no_xen pci-assignable-add 0000:03:00.0
    no_xen pci-assignable-add -n gpu 03:00.0
    no_xen pci-assignable-add 03:00.0 03:00.1
    json_error 4 no-xen pci-assignable-add 03:00.0 --json
}

@test "pci-assignable-add: usage errors as JSON" {
    json_error 2 usage pci-assignable-add --json 03:00
}
