#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn domname, without Xen.
load helper

@test "domname: help" {
    help_works domname
}

@test "domname: unknown options" {
    bad_options domname
    bad_formats domname
}

@test "domname: one domain" {
    usage_error "'xn domname' needs DOMAIN" "usage: xn domname [OPTION]... DOMAIN" domname
    usage_error "too many arguments: 'b'" "see 'xn domname --help'" domname a b
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" domname ''
}

@test "domname: words that name no domain" {
    bad_domains domname
}

@test "domname: no Xen" {
    no_xen domname web
    json_error 4 no-xen domname web --json
}

@test "domname: usage errors as JSON" {
    json_error 2 usage domname --json
}
