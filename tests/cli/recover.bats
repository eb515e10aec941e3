#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn recover, without Xen.
load helper

@test "recover: help" {
    help_works recover
}

@test "recover: wrong usage" {
    bad_options recover
    bad_formats recover
    usage_error "'xn recover' needs DOMAIN" "usage: xn recover [OPTION]... DOMAIN" recover
    usage_error "too many arguments: 'db'" "see 'xn recover --help'" recover web db
}

@test "recover: words that name no domain" {
    bad_domains recover
}

@test "recover: completion" {
    xn __complete -- recover --i
    status_is 0
    has completion "$output" '--i-checked-the-other-host'
}

@test "recover: no Xen" {
    no_xen recover web
    no_xen recover --yes --i-checked-the-other-host web
    json_error 4 no-xen recover web --json
}

@test "recover: usage errors as JSON" {
    json_error 2 usage recover --json
}
