#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vtpm-list, without Xen.
load helper

@test "vtpm-list: help" {
    help_works vtpm-list
}

@test "vtpm-list: unknown options" {
    bad_options vtpm-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" vtpm-list --format xml
}

@test "vtpm-list: columns" {
    usage_error "option '--columns': unknown column 'backen'" "did you mean 'backend'?" \
        vtpm-list --columns backen
    usage_error "option '--filter': 'state' is not a filter" \
        "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N" vtpm-list --filter state
}

@test "vtpm-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vtpm-list ''
    bad_domains vtpm-list
}

@test "vtpm-list: completion" {
    xn __complete vtpm-list --columns bac
    status_is 0
    has words "$output" '^backend$'
}

@test "vtpm-list: no Xen" {
    no_xen vtpm-list
    no_xen vtpm-list web db 7
    no_xen vtpm-list --columns all --sort -backend --filter 'backend=x*' --csv --no-header
    json_error 4 no-xen vtpm-list --json
}

@test "vtpm-list: usage errors as JSON" {
    json_error 2 usage vtpm-list --json --columns nmae
}
