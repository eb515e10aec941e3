#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn supervise, without Xen.
load helper

@test "supervise: help" {
    help_works supervise
}

@test "supervise: unknown options" {
    bad_options supervise
    usage_error "unknown option '--json'" "see 'xn supervise --help'" supervise --json
    usage_error "unknown option '--on-demnd'" "did you mean '--on-demand'?" supervise --on-demnd
}

@test "supervise: no arguments" {
    usage_error "too many arguments: 'web'" "see 'xn supervise --help'" supervise web
}

@test "supervise: no Xen" {
    no_xen supervise
    no_xen supervise --on-demand
}
