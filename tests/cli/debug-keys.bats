#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn debug-keys, without Xen.
load helper

@test "debug-keys: help" {
    help_works debug-keys
}

@test "debug-keys: unknown options" {
    bad_options debug-keys
    bad_formats debug-keys
}

@test "debug-keys: one word of letters" {
    usage_error "'xn debug-keys' needs KEYS" "usage: xn debug-keys [OPTION]... KEYS" debug-keys
    usage_error "too many arguments: 'r'" "see 'xn debug-keys --help'" debug-keys q r
    usage_error "KEYS: empty" "'h' makes the hypervisor list them" debug-keys ''
    usage_error "KEYS: 'q r' is not a word of printable letters" "" debug-keys 'q r'
    usage_error "KEYS: 'q\\x1b' is not a word of printable letters" "" debug-keys $'q\e'
}

@test "debug-keys: no Xen" {
    no_xen debug-keys h
    no_xen debug-keys qr
    json_error 4 no-xen debug-keys --json h
}
