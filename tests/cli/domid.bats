#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn domid, without Xen.
load helper

@test "domid: help" {
    help_works domid
}

@test "domid: unknown options" {
    bad_options domid
    bad_formats domid
}

@test "domid: one domain" {
    usage_error "'xn domid' needs DOMAIN" "usage: xn domid [OPTION]... DOMAIN" domid
    usage_error "too many arguments: 'b'" "see 'xn domid --help'" domid a b
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" domid ''
}

@test "domid: words that name no domain" {
    bad_domains domid
}

@test "domid: no Xen" {
    no_xen domid web
    json_error 4 no-xen domid web --json
}

@test "domid: usage errors as JSON" {
    json_error 2 usage domid --json
}
