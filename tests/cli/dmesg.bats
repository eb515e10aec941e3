#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn dmesg, without Xen.
load helper

@test "dmesg: help" {
    help_works dmesg
}

@test "dmesg: unknown options" {
    bad_options dmesg
    bad_formats dmesg
    usage_error "unknown option '--claer'" "did you mean '--clear'?" dmesg --claer
}

@test "dmesg: no arguments" {
    usage_error "too many arguments: 'x'" "see 'xn dmesg --help'" dmesg x
}

@test "dmesg: no Xen" {
    no_xen dmesg
    no_xen dmesg -c
    json_error 4 no-xen dmesg --json
}
