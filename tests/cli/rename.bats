#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn rename, without Xen.
load helper

@test "rename: help" {
    help_works rename
}

@test "rename: unknown options" {
    bad_options rename
    bad_formats rename
}

@test "rename: two words are needed" {
    local usage="usage: xn rename [OPTION]... DOMAIN NEW-NAME"
    usage_error "'xn rename' needs DOMAIN and NEW-NAME" "$usage" rename
    usage_error "'xn rename' needs NEW-NAME" "$usage" rename web
    usage_error "too many arguments: 'c'" "see 'xn rename --help'" rename a b c
}

@test "rename: names that no domain may have" {
    usage_error "empty domain name" "" rename web ''
    usage_error "'a/b' is no name for a domain: it holds '/'" "" rename web a/b
    usage_error "'a\\x0ab' is no name for a domain: it holds '\\x0a'" "" rename web $'a\nb'
    usage_error "'\\x1b[31m' is no name for a domain: it holds '\\x1b'" "" rename web $'\e[31m'
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" rename '' web
}

@test "rename: words that name no domain" {
    bad_domains rename new
}

@test "rename: no Xen" {
    no_xen rename web web-old
    json_error 4 no-xen rename web web-old --json
}

@test "rename: usage errors as JSON" {
    json_error 2 usage rename --json web a/b
    json_error 2 usage rename --json
}
