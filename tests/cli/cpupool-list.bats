#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cpupool-list, without Xen.
load helper

@test "cpupool-list: help" {
    help_works cpupool-list
}

@test "cpupool-list: unknown options and columns" {
    bad_options cpupool-list
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" cpupool-list --format xml
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" cpupool-list --columns nmae
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        cpupool-list --format=table --csv
}

@test "cpupool-list: words that name no pool" {
    usage_error "POOL: empty pool name" "" cpupool-list ''
    usage_error "POOL: empty pool name" "" cpupool-list Pool-0 ''
}

@test "cpupool-list: no Xen" {
    no_xen cpupool-list
    no_xen cpupool-list -c Pool-0 batch
    skip_with_xen
    json_error 4 no-xen cpupool-list --json
}
