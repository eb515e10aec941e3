#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn destroy, without Xen.
load helper

@test "destroy: help" {
    help_works destroy
}

@test "destroy: unknown options" {
    bad_options destroy
    bad_formats destroy
}

@test "destroy: there is no --all" {
    usage_error "unknown option '--all'" "see 'xn destroy --help'" destroy --all
    usage_error "unknown option '-a'" "see 'xn destroy --help'" destroy -a
}

@test "destroy: a domain is needed" {
    usage_error "'xn destroy' needs DOMAIN" "usage: xn destroy [OPTION]... DOMAIN..." destroy
    usage_error "'xn destroy' needs DOMAIN" "usage: xn destroy [OPTION]... DOMAIN..." destroy -f
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" destroy ''
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" destroy web ''
}

@test "destroy: words that name no domain" {
    bad_domains destroy
}

@test "destroy: no Xen" {
    no_xen destroy web
    no_xen destroy -f 7 8 9
    json_error 4 no-xen destroy web --json
}

@test "destroy: usage errors as JSON" {
    json_error 2 usage destroy --json
}
