#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn devd, without Xen.
load helper

@test "devd: help" {
    help_works devd
}

@test "devd: unknown options" {
    bad_options devd
    usage_error "unknown option '--forground'" "did you mean '--foreground'?" devd --forground
}

@test "devd: no arguments" {
    usage_error "too many arguments: 'x'" "see 'xn devd --help'" devd x
    usage_error "option '-p': empty file name" "" devd -p ''
}

@test "devd: no Xen" {
    no_xen devd
    no_xen devd -F
    no_xen devd -F -p "$BATS_TEST_TMPDIR/devd.pid"
    no_xen devd --pidfile="$BATS_TEST_TMPDIR/devd.pid"
    [ ! -e "$BATS_TEST_TMPDIR/devd.pid" ]
}

@test "devd: there is no dry run" {
    fails 2 "'xn devd' has no dry run" "" -N devd
}
