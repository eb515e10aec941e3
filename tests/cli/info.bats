#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn info, without Xen.
load helper

@test "info: help" {
    help_works info
}

@test "info: unknown options" {
    bad_options info
    bad_formats info
}

@test "info: one prefix at most" {
    usage_error "too many arguments: 'b'" "see 'xn info --help'" info a b
}

@test "info: no Xen" {
    no_xen info
    no_xen info free_memory
    no_xen info -n
    json_error 4 no-xen info --json
}
