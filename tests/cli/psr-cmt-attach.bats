#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn psr-cmt-attach, without Xen.
load helper

@test "psr-cmt-attach: help" {
    help_works psr-cmt-attach
}

@test "psr-cmt-attach: wrong usage" {
    bad_options psr-cmt-attach
    bad_formats psr-cmt-attach
    bad_domains psr-cmt-attach
    usage_error "'xn psr-cmt-attach' needs DOMAIN" "usage: xn psr-cmt-attach [OPTION]... DOMAIN" psr-cmt-attach
    usage_error "too many arguments: 'b'" "see 'xn psr-cmt-attach --help'" psr-cmt-attach a b
}

@test "psr-cmt-attach: no Xen" {
    no_xen psr-cmt-attach web
    json_error 4 no-xen psr-cmt-attach web --json
}
