#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vdispl-list, without Xen.
load helper

@test "vdispl-list: help" {
    help_works vdispl-list
}

@test "vdispl-list: unknown options" {
    bad_options vdispl-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" vdispl-list --format xml
}

@test "vdispl-list: columns" {
    usage_error "option '--columns': unknown column 'connector'" "did you mean 'connectors'?" \
        vdispl-list --columns connector
    usage_error "option '--filter': 'state' is not a filter" \
        "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N" vdispl-list --filter state
}

@test "vdispl-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vdispl-list ''
    bad_domains vdispl-list
}

@test "vdispl-list: completion" {
    xn __complete vdispl-list --columns con
    status_is 0
    has words "$output" '^connectors$'
}

@test "vdispl-list: no Xen" {
    no_xen vdispl-list
    no_xen vdispl-list web db 7
    no_xen vdispl-list --columns all --sort -connectors --filter 'connectors=x*' --csv --no-header
    json_error 4 no-xen vdispl-list --json
}

@test "vdispl-list: usage errors as JSON" {
    json_error 2 usage vdispl-list --json --columns nmae
}
