#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn unpause, without Xen.
load helper

@test "unpause: help" {
    help_works unpause
}

@test "unpause: unknown options" {
    bad_options unpause
    bad_formats unpause
}

@test "unpause: a domain or --all, not both" {
    usage_error "no domain is named" "name one or more domains, or use --all" unpause
    usage_error "--all and 'web' exclude each other" "name the domains, or use --all alone" \
        unpause web --all
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" unpause ''
}

@test "unpause: words that name no domain" {
    bad_domains unpause
}

@test "unpause: no Xen" {
    no_xen unpause web
    no_xen unpause -a
    json_error 4 no-xen unpause web --json
}

@test "unpause: usage errors as JSON" {
    json_error 2 usage unpause --json
    json_error 2 usage unpause --json -a web
}
