#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn pause, without Xen.
load helper

@test "pause: help" {
    help_works pause
}

@test "pause: unknown options" {
    bad_options pause
    bad_formats pause
    usage_error "unknown option '--alll'" "did you mean '--all'?" pause --alll
    usage_error "unknown option '-x' in '-ax'" "see 'xn pause --help'" pause -ax
}

@test "pause: a domain or --all, not both" {
    usage_error "no domain is named" "name one or more domains, or use --all" pause
    usage_error "--all and 'web' exclude each other" "name the domains, or use --all alone" \
        pause -a web
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" pause ''
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" pause web ''
}

@test "pause: words that name no domain" {
    bad_domains pause
}

@test "pause: no Xen" {
    no_xen pause web
    no_xen pause --all
    json_error 4 no-xen pause web --json
}

@test "pause: usage errors as JSON" {
    json_error 2 usage pause --json
    json_error 2 usage pause --format=json -a web
    json_error 2 usage pause --json --alll
}
