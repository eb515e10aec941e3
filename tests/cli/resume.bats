#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn resume, without Xen.
load helper

@test "resume: help" {
    help_works resume
}

@test "resume: wrong usage" {
    bad_options resume
    bad_formats resume
    usage_error "'xn resume' needs DOMAIN" "usage: xn resume [OPTION]... DOMAIN..." resume
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" \
        resume web ''
}

@test "resume: words that name no domain" {
    bad_domains resume
}

@test "resume: completion" {
    xn __complete -- resume --j
    status_is 0
    has completion "$output" '--json'
}

@test "resume: no Xen" {
    no_xen resume web
    no_xen resume web db
    json_error 4 no-xen resume web --json
}

@test "resume: usage errors as JSON" {
    json_error 2 usage resume --json
    json_error 2 usage resume --json --all web
}
