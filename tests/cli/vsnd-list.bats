#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vsnd-list, without Xen.
load helper

@test "vsnd-list: help" {
    help_works vsnd-list
}

@test "vsnd-list: unknown options" {
    bad_options vsnd-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" vsnd-list --format xml
}

@test "vsnd-list: columns" {
    usage_error "option '--columns': unknown column 'short_nam'" "did you mean 'short_name'?" \
        vsnd-list --columns short_nam
    usage_error "option '--filter': 'state' is not a filter" \
        "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N" vsnd-list --filter state
}

@test "vsnd-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vsnd-list ''
    bad_domains vsnd-list
}

@test "vsnd-list: completion" {
    xn __complete vsnd-list --columns sho
    status_is 0
    has words "$output" '^short_name$'
}

@test "vsnd-list: no Xen" {
    no_xen vsnd-list
    no_xen vsnd-list web db 7
    no_xen vsnd-list --columns all --sort -short_name --filter 'short_name=x*' --csv --no-header
    json_error 4 no-xen vsnd-list --json
}

@test "vsnd-list: usage errors as JSON" {
    json_error 2 usage vsnd-list --json --columns nmae
}
