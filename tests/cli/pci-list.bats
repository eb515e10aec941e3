#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn pci-list, without Xen.
load helper

@test "pci-list: help" {
    help_works pci-list
}

@test "pci-list: unknown options" {
    bad_options pci-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" pci-list --format xml
}

@test "pci-list: columns" {
    usage_error "option '--columns': unknown column 'addres'" "did you mean 'address'?" \
        pci-list --columns addres
    usage_error "option '--filter': 'state' is not a filter" \
        "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N" pci-list --filter state
}

@test "pci-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" pci-list ''
    bad_domains pci-list
}

@test "pci-list: completion" {
    xn __complete pci-list --columns add
    status_is 0
    has words "$output" '^address$'
}

@test "pci-list: no Xen" {
    no_xen pci-list
    no_xen pci-list web db 7
    no_xen pci-list --columns all --sort -address --filter 'address=x*' --csv --no-header
    json_error 4 no-xen pci-list --json
}

@test "pci-list: usage errors as JSON" {
    json_error 2 usage pci-list --json --columns nmae
}
