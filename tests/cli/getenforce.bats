#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn getenforce, without Xen.
load helper

@test "getenforce: help" {
    help_works getenforce
}

@test "getenforce: unknown options" {
    bad_options getenforce
    bad_formats getenforce
}

@test "getenforce: no arguments" {
    usage_error "too many arguments: 'x'" "see 'xn getenforce --help'" getenforce x
}

@test "getenforce: no Xen" {
    no_xen getenforce
    json_error 4 no-xen getenforce --json
    xl getenforce
    status_is 4
}
