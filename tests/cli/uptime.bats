#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn uptime, without Xen.
load helper

@test "uptime: help" {
    help_works uptime
}

@test "uptime: unknown options" {
    bad_options uptime
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" uptime --format xml
    usage_error "unknown option '-x' in '-sx'" "see 'xn uptime --help'" uptime -sx
}

@test "uptime: columns" {
    usage_error "option '--columns': unknown column 'uptime'" "did you mean 'uptime_s'?" \
        uptime --columns uptime
    usage_error "option '--filter': 'long' is not a number to compare column 'uptime_s' with" "" \
        uptime --filter 'uptime_s>long'
}

@test "uptime: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" uptime ''
    bad_domains uptime
}

@test "uptime: no Xen" {
    no_xen uptime
    no_xen uptime -s web db
    no_xen uptime --short
    no_xen uptime --columns name,uptime_s --sort -uptime_s --csv
    json_error 4 no-xen uptime --json
    # More words than xl has room for.
    mapfile -t words < <(seq 1 300)
    no_xen uptime "${words[@]}"
}

@test "uptime: usage errors as JSON" {
    json_error 2 usage uptime --json --columns nmae
}
