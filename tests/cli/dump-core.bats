#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn dump-core, without Xen.
load helper

@test "dump-core: help" {
    help_works dump-core
}

@test "dump-core: unknown options" {
    bad_options dump-core
    bad_formats dump-core
}

@test "dump-core: two words are needed" {
    local usage="usage: xn dump-core [OPTION]... DOMAIN FILE"
    usage_error "'xn dump-core' needs DOMAIN and FILE" "$usage" dump-core
    usage_error "'xn dump-core' needs FILE" "$usage" dump-core web
    usage_error "too many arguments: 'b'" "see 'xn dump-core --help'" dump-core web a b
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" dump-core '' a
    usage_error "FILE: empty file name" "" dump-core web ''
}

@test "dump-core: words that name no domain" {
    bad_domains dump-core a.core
}

@test "dump-core: no Xen" {
    skip_with_xen
    cd "$BATS_TEST_TMPDIR"
    echo old > a.core
    no_xen dump-core web a.core
    equal "the older file" "$(cat a.core)" old
    no_xen dump-core web b.core
    [ ! -e b.core ]
    json_error 4 no-xen dump-core web b.core --json
}

@test "dump-core: usage errors as JSON" {
    json_error 2 usage dump-core --json web
}
