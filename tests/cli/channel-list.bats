#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn channel-list, without Xen.
load helper

@test "channel-list: help" {
    help_works channel-list
}

@test "channel-list: unknown options" {
    bad_options channel-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" channel-list --format xml
}

@test "channel-list: columns" {
    usage_error "option '--columns': unknown column 'connectio'" "did you mean 'connection'?" \
        channel-list --columns connectio
    usage_error "option '--filter': 'state' is not a filter" \
        "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N" channel-list --filter state
}

@test "channel-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" channel-list ''
    bad_domains channel-list
}

@test "channel-list: completion" {
    xn __complete channel-list --columns con
    status_is 0
    has words "$output" '^connection$'
}

@test "channel-list: no Xen" {
    no_xen channel-list
    no_xen channel-list web db 7
    no_xen channel-list --columns all --sort -connection --filter 'connection=x*' --csv --no-header
    json_error 4 no-xen channel-list --json
}

@test "channel-list: usage errors as JSON" {
    json_error 2 usage channel-list --json --columns nmae
}
