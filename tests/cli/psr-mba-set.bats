#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn psr-mba-set, without Xen.
load helper

@test "psr-mba-set: help" {
    help_works psr-mba-set
}

@test "psr-mba-set: wrong usage" {
    local hint="give a whole number from 0 to 2147483647"
    bad_options psr-mba-set
    bad_formats psr-mba-set
    bad_domains psr-mba-set 10
    usage_error "'xn psr-mba-set' needs DOMAIN and THRTL" \
        "usage: xn psr-mba-set [OPTION]... DOMAIN THRTL" psr-mba-set
    usage_error "THRTL: 'x' is not a number" "$hint" psr-mba-set web x
    usage_error "THRTL: '-1' is not a number" "$hint" psr-mba-set -- web -1
}

@test "psr-mba-set: no Xen" {
    no_xen psr-mba-set web 40
    no_xen psr-mba-set -s 0-1 web 0
    json_error 4 no-xen psr-mba-set web 40 --json
}
