#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vm-list, without Xen.
load helper

@test "vm-list: help" {
    help_works vm-list
}

@test "vm-list: unknown options" {
    bad_options vm-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" vm-list --format xml
}

@test "vm-list: no arguments" {
    usage_error "too many arguments: 'web'" "see 'xn vm-list --help'" vm-list web
}

@test "vm-list: columns" {
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" \
        vm-list --columns nmae
    usage_error "option '--sort': unknown column 'memory_kib'" "the columns are uuid, domid, name" \
        vm-list --sort memory_kib
    usage_error "option '--filter': column 'name' holds no numbers to compare with '<'" \
        "use '=' or '!='" vm-list --filter 'name<5'
}

@test "vm-list: no Xen" {
    no_xen vm-list
    no_xen vm-list --csv --columns all --sort -domid --filter 'name=w*' --no-header
    json_error 4 no-xen vm-list --json
}

@test "vm-list: usage errors as JSON" {
    json_error 2 usage vm-list --json --columns nmae
}
