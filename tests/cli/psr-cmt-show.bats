#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn psr-cmt-show, without Xen.
load helper

@test "psr-cmt-show: help" {
    help_works psr-cmt-show
}

@test "psr-cmt-show: unknown options and columns" {
    bad_options psr-cmt-show
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" psr-cmt-show --format xml cache-occupancy
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" psr-cmt-show --columns nmae cache-occupancy
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        psr-cmt-show --format=table --csv cache-occupancy
}

@test "psr-cmt-show: what to show" {
    local kinds="cache-occupancy, total-mem-bandwidth, local-mem-bandwidth"
    usage_error "'xn psr-cmt-show' needs MONITOR" \
        "usage: xn psr-cmt-show [OPTION]... MONITOR [DOMAIN]" psr-cmt-show
    usage_error "MONITOR: 'cache' is not one of $kinds" "did you mean 'cache-occupancy'?" \
        psr-cmt-show cache
    usage_error "too many arguments: 'b'" "see 'xn psr-cmt-show --help'" \
        psr-cmt-show cache-occupancy a b
}

@test "psr-cmt-show: no Xen" {
    no_xen psr-cmt-show cache-occupancy
    no_xen psr-cmt-show total-mem-bandwidth web
    skip_with_xen
    json_error 4 no-xen psr-cmt-show local-mem-bandwidth --json
}

@test "psr-cmt-show: completion" {
    xn __complete psr-cmt-show lo
    equal completion "$output" local-mem-bandwidth
}
