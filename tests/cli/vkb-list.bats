#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vkb-list, without Xen.
load helper

@test "vkb-list: help" {
    help_works vkb-list
}

@test "vkb-list: unknown options" {
    bad_options vkb-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" vkb-list --format xml
}

@test "vkb-list: columns" {
    usage_error "option '--columns': unknown column 'unique_i'" "did you mean 'unique_id'?" \
        vkb-list --columns unique_i
    usage_error "option '--filter': 'state' is not a filter" \
        "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N" vkb-list --filter state
}

@test "vkb-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vkb-list ''
    bad_domains vkb-list
}

@test "vkb-list: completion" {
    xn __complete vkb-list --columns uni
    status_is 0
    has words "$output" '^unique_id$'
}

@test "vkb-list: no Xen" {
    no_xen vkb-list
    no_xen vkb-list web db 7
    no_xen vkb-list --columns all --sort -unique_id --filter 'unique_id=x*' --csv --no-header
    json_error 4 no-xen vkb-list --json
}

@test "vkb-list: usage errors as JSON" {
    json_error 2 usage vkb-list --json --columns nmae
}
