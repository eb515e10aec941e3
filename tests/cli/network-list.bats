#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn network-list, without Xen.
load helper

@test "network-list: help" {
    help_works network-list
}

@test "network-list: unknown options" {
    bad_options network-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" network-list --format xml
}

@test "network-list: columns and filters" {
    usage_error "option '--columns': unknown column 'brigde'" "did you mean 'bridge'?" network-list --columns brigde
    usage_error "option '--sort': unknown column 'brigde'" "did you mean 'bridge'?" network-list --sort -brigde
    usage_error "option '--filter': unknown column 'brigde'" "did you mean 'bridge'?" network-list --filter brigde=x
}

@test "network-list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" network-list ''
    bad_domains network-list
}

@test "network-list: no Xen" {
    no_xen network-list
    no_xen network-list web db
    no_xen network-list --columns all --sort -domid,bridge --filter 'bridge!=x' --no-header --csv
    no_xen network-list -- -web
    json_error 4 no-xen network-list --json
}

@test "network-list: completion" {
    xn __complete network-list --columns default,bridg
    status_is 0
    has candidates "$output" '^default,bridge$'
}
