#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn psr-cmt-detach, without Xen.
load helper

@test "psr-cmt-detach: help" {
    help_works psr-cmt-detach
}

@test "psr-cmt-detach: wrong usage" {
    bad_options psr-cmt-detach
    bad_formats psr-cmt-detach
    bad_domains psr-cmt-detach
    usage_error "'xn psr-cmt-detach' needs DOMAIN" "usage: xn psr-cmt-detach [OPTION]... DOMAIN" psr-cmt-detach
    usage_error "too many arguments: 'b'" "see 'xn psr-cmt-detach --help'" psr-cmt-detach a b
}

@test "psr-cmt-detach: no Xen" {
    no_xen psr-cmt-detach web
    json_error 4 no-xen psr-cmt-detach web --json
}
