#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn suspend, without Xen.
load helper

@test "suspend: help" {
    help_works suspend
}

@test "suspend: wrong usage" {
    bad_options suspend
    bad_formats suspend
    usage_error "'xn suspend' needs DOMAIN" "usage: xn suspend [OPTION]... DOMAIN..." suspend
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" \
        suspend web ''
}

@test "suspend: words that name no domain" {
    bad_domains suspend
}

@test "suspend: completion" {
    xn __complete -- suspend --j
    status_is 0
    has completion "$output" '--json'
}

@test "suspend: no Xen" {
    no_xen suspend web
    no_xen suspend web db
    json_error 4 no-xen suspend web --json
}

@test "suspend: usage errors as JSON" {
    json_error 2 usage suspend --json
    json_error 2 usage suspend --json --all web
}
