#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn numa, without Xen.
load helper

@test "numa: help" {
    help_works numa
}

@test "numa: unknown options and columns" {
    bad_options numa
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" numa --format xml
    usage_error "option '--columns': unknown column 'nod'" "did you mean 'node'?" numa --columns nod
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        numa --format=table --csv
}

@test "numa: it takes no argument" {
    usage_error "too many arguments: 'web'" "see 'xn numa --help'" numa web
}

@test "numa: no Xen" {
    no_xen numa
    no_xen numa --csv --no-header
    skip_with_xen
    json_error 4 no-xen numa --json
}
