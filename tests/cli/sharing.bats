#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn sharing, without Xen.
load helper

@test "sharing: help" {
    help_works sharing
}

@test "sharing: unknown options and columns" {
    bad_options sharing
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" sharing --format xml
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" sharing --columns nmae
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        sharing --format=table --csv
}

@test "sharing: words that name no domain" {
    bad_domains sharing
}

@test "sharing: no Xen" {
    no_xen sharing
    no_xen sharing web db --filter 'shared_kib>0' --sort -memory_kib
    skip_with_xen
    json_error 4 no-xen sharing --json
}
