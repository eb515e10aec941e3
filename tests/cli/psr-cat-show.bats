#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn psr-cat-show, without Xen.
load helper

@test "psr-cat-show: help" {
    help_works psr-cat-show
}

@test "psr-cat-show: unknown options and columns" {
    bad_options psr-cat-show
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" psr-cat-show --format xml
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" psr-cat-show --columns nmae
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        psr-cat-show --format=table --csv
}

@test "psr-cat-show: wrong usage" {
    bad_domains psr-cat-show
    usage_error "option '--level': a cache has the level 2 or 3, not 4" "" psr-cat-show --level=4
}

@test "psr-cat-show: no Xen" {
    no_xen psr-cat-show
    no_xen psr-cat-show -l 2 web db
    skip_with_xen
    json_error 4 no-xen psr-cat-show --json
}
