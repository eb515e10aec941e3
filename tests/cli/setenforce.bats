#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn setenforce, without Xen.
load helper

@test "setenforce: help" {
    help_works setenforce
}

@test "setenforce: unknown options" {
    bad_options setenforce
    bad_formats setenforce
}

@test "setenforce: one mode" {
    usage_error "'xn setenforce' needs MODE" "usage: xn setenforce [OPTION]... MODE" setenforce
    usage_error "MODE: 'disabled' is not one of enforcing, permissive, 1, 0" "" setenforce disabled
    usage_error "MODE: '2' is not one of enforcing, permissive, 1, 0" "" setenforce 2
    usage_error "too many arguments: '0'" "see 'xn setenforce --help'" setenforce 1 0
}

@test "setenforce: no Xen" {
    no_xen setenforce 1
    no_xen setenforce Permissive
    no_xen setenforce ENFORCING
    json_error 4 no-xen setenforce --json 0
}
