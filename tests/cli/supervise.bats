#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn supervise, without Xen.
load helper

@test "supervise: help" {
    help_works supervise
}

@test "supervise: unknown options" {
    bad_options supervise
    usage_error "unknown option '--on-demnd'" "did you mean '--on-demand'?" supervise --on-demnd
}

@test "supervise: no arguments" {
    usage_error "too many arguments: 'web'" "see 'xn supervise --help'" supervise web
}

@test "supervise: a listing is of --status only" {
    local hint="--status tells of the one that is running"
    usage_error "the supervisor itself has no listing" "$hint" supervise --csv
    usage_error "the supervisor itself has no listing" "$hint" supervise --on-demand --sort domid
    json_error 2 usage supervise --json
    usage_error "--status and --on-demand exclude each other" "" supervise --status --on-demand
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" \
        supervise --status --format xml
}

@test "supervise: columns of --status" {
    xn supervise --status --columns frobnicate
    status_is 2
    # shellcheck disable=SC2154 # set by xn
    has stderr "$stderr" "frobnicate"
    json_error 2 usage supervise --status --json --sort frobnicate
}

@test "supervise: no Xen" {
    no_xen supervise
    no_xen supervise --on-demand
    no_xen supervise --status
    json_error 4 no-xen supervise --status --json
}
