#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn usb-list, without Xen.
load helper

@test "usb-list: help" {
    help_works usb-list
}

@test "usb-list: unknown options" {
    bad_options usb-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" usb-list --format xml
}

@test "usb-list: columns" {
    usage_error "option '--columns': unknown column 'device'" "did you mean 'devices'?" \
        usb-list --columns device
    usage_error "option '--filter': 'state' is not a filter" \
        "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N" usb-list --filter state
}

@test "usb-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" usb-list ''
    bad_domains usb-list
}

@test "usb-list: completion" {
    xn __complete usb-list --columns dev
    status_is 0
    has words "$output" '^devices$'
}

@test "usb-list: no Xen" {
    no_xen usb-list
    no_xen usb-list web db 7
    no_xen usb-list --columns all --sort -devices --filter 'devices=x*' --csv --no-header
    json_error 4 no-xen usb-list --json
}

@test "usb-list: usage errors as JSON" {
    json_error 2 usage usb-list --json --columns nmae
}
