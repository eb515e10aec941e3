#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn show, without Xen.
load helper

@test "show: help" {
    help_works show
}

@test "show: unknown options" {
    bad_options show
    bad_formats show
}

@test "show: one domain" {
    usage_error "'xn show' needs DOMAIN" "usage: xn show [OPTION]... DOMAIN" show
    usage_error "too many arguments: 'b'" "see 'xn show --help'" show a b
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" show ''
    bad_domains show
}

@test "show: no Xen" {
    no_xen show web
    no_xen show 0
    json_error 4 no-xen show --json web
    json_error 2 usage show --json a b
}
