#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn top, without Xen.
load helper

@test "top: help" {
    help_works top
}

@test "top: unknown options" {
    bad_options top
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" top --format xml
    usage_error "option '--order': 'cpus' is not one of cpu, memory, network, disk, name, id" \
        "did you mean 'cpu'?" top --order cpus
}

@test "top: the screen takes no output options" {
    usage_error "the screen takes no output options" "they go with --batch" top --csv
    usage_error "the screen takes no output options" "they go with --batch" top --sort name
    usage_error "the screen takes no output options" "they go with --batch" top --no-header
    json_error 2 usage top --json
    usage_error "--batch and --order exclude each other" \
        "lines are sorted by --sort, such as --sort -cpu_percent" top --batch --order name
}

@test "top: delays" {
    usage_error "--delay is at least 100 ms" "" top -d 0
    xn top --delay often
    status_is 2
    xn top -n few
    status_is 2
}

@test "top: columns" {
    usage_error "option '--sort': unknown column 'cpu'" "" top --batch --sort cpu || has hint "$stderr" 'hint: '
}

@test "top: words that name no domain" {
    bad_domains top
}

@test "top: no Xen" {
    no_xen top
    no_xen top --order memory -d 5s web
    no_xen top --batch -n 1
    json_error 4 no-xen top --batch --json --iterations 1
}
