#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn pci-assignable-list, without Xen.
load helper

@test "pci-assignable-list: help" {
    help_works pci-assignable-list
}

@test "pci-assignable-list: unknown options" {
    bad_options pci-assignable-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" pci-assignable-list --format xml
}

@test "pci-assignable-list: columns" {
    usage_error "option '--columns': unknown column 'addres'" "did you mean 'address'?" \
        pci-assignable-list --columns addres
    usage_error "option '--filter': 'state' is not a filter" \
        "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N" pci-assignable-list --filter state
}

@test "pci-assignable-list: no arguments" {
    usage_error "too many arguments: 'x'" "see 'xn pci-assignable-list --help'" pci-assignable-list x
}

@test "pci-assignable-list: completion" {
    xn __complete pci-assignable-list --columns add
    status_is 0
    has words "$output" '^address$'
}

@test "pci-assignable-list: no Xen" {
    no_xen pci-assignable-list
    no_xen pci-assignable-list --columns all --sort -address --filter 'address=x*' --csv --no-header
    json_error 4 no-xen pci-assignable-list --json
    no_xen pci-assignable-list -n
    no_xen pci-assignable-list --show-names
}

@test "pci-assignable-list: usage errors as JSON" {
    json_error 2 usage pci-assignable-list --json --columns nmae
}
