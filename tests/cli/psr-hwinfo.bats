#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn psr-hwinfo, without Xen.
load helper

@test "psr-hwinfo: help" {
    help_works psr-hwinfo
}

@test "psr-hwinfo: unknown options and columns" {
    bad_options psr-hwinfo
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" psr-hwinfo --format xml
    usage_error "option '--columns': unknown column 'featur'" "did you mean 'feature'?" psr-hwinfo --columns featur
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        psr-hwinfo --format=table --csv
}

@test "psr-hwinfo: no Xen" {
    no_xen psr-hwinfo
    no_xen psr-hwinfo -m -a -b
    usage_error "too many arguments: 'a'" "see 'xn psr-hwinfo --help'" psr-hwinfo a
    skip_with_xen
    json_error 4 no-xen psr-hwinfo --cat --json
}
