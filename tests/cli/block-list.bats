#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn block-list, without Xen.
load helper

@test "block-list: help" {
    help_works block-list
}

@test "block-list: unknown options" {
    bad_options block-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" block-list --format xml
}

@test "block-list: columns and filters" {
    usage_error "option '--columns': unknown column 'vdve'" "did you mean 'vdev'?" block-list --columns vdve
    usage_error "option '--sort': unknown column 'vdve'" "did you mean 'vdev'?" block-list --sort -vdve
    usage_error "option '--filter': unknown column 'vdve'" "did you mean 'vdev'?" block-list --filter vdve=x
}

@test "block-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" block-list ''
    bad_domains block-list
}

@test "block-list: no Xen" {
    no_xen block-list
    no_xen block-list web db
    no_xen block-list --columns all --sort -domid,vdev --filter 'vdev!=x' --no-header --csv
    no_xen block-list -- -web
    json_error 4 no-xen block-list --json
}

@test "block-list: completion" {
    xn __complete block-list --columns default,vde
    status_is 0
    has candidates "$output" '^default,vdev$'
}
