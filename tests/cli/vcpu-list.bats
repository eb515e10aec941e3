#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vcpu-list, without Xen.
load helper

@test "vcpu-list: help" {
    help_works vcpu-list
}

@test "vcpu-list: unknown options and columns" {
    bad_options vcpu-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" vcpu-list --format xml
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" vcpu-list --columns nmae
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        vcpu-list --format=table --csv
}

@test "vcpu-list: words that name no domain" {
    bad_domains vcpu-list
}

@test "vcpu-list: no Xen" {
    no_xen vcpu-list
    no_xen vcpu-list web db --columns name,vcpu,node --filter 'cpu>=1'
    skip_with_xen
    json_error 4 no-xen vcpu-list --json
}
