#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn claims, without Xen.
load helper

@test "claims: help" {
    help_works claims
}

@test "claims: unknown options and columns" {
    bad_options claims
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" claims --format xml
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" claims --columns nmae
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        claims --format=table --csv
}

@test "claims: words that name no domain" {
    bad_domains claims
}

@test "claims: no Xen" {
    no_xen claims
    no_xen claims web db --filter 'shared_kib>0' --sort -memory_kib
    skip_with_xen
    json_error 4 no-xen claims --json
}
