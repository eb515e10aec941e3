#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn loadpolicy, without Xen.
load helper

@test "loadpolicy: help" {
    help_works loadpolicy
}

@test "loadpolicy: unknown options" {
    bad_options loadpolicy
    bad_formats loadpolicy
}

@test "loadpolicy: one file" {
    usage_error "'xn loadpolicy' needs FILE" "usage: xn loadpolicy [OPTION]... FILE" loadpolicy
    usage_error "FILE: empty file name" "" loadpolicy ''
    usage_error "too many arguments: 'b'" "see 'xn loadpolicy --help'" loadpolicy a b
}

@test "loadpolicy: no Xen" {
    no_xen loadpolicy /nowhere/policy
    json_error 4 no-xen loadpolicy --json policy
}
