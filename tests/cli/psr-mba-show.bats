#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn psr-mba-show, without Xen.
load helper

@test "psr-mba-show: help" {
    help_works psr-mba-show
}

@test "psr-mba-show: unknown options and columns" {
    bad_options psr-mba-show
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" psr-mba-show --format xml
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" psr-mba-show --columns nmae
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        psr-mba-show --format=table --csv
}

@test "psr-mba-show: no Xen" {
    bad_domains psr-mba-show
    no_xen psr-mba-show
    no_xen psr-mba-show web db
    skip_with_xen
    json_error 4 no-xen psr-mba-show --json
}
