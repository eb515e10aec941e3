#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn status, without Xen. What it decides from a host's domains is in tests/unit/test-presence.c.
load helper

@test "status: help" {
    help_works status
}

@test "status: unknown options" {
    bad_options status
    bad_formats status
    usage_error "unknown option '-x' in '-qx'" "see 'xn status --help'" status -qx web
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        status web --timeout soon
}

@test "status: one domain" {
    usage_error "'xn status' needs DOMAIN" "usage: xn status [OPTION]... DOMAIN" status
    usage_error "too many arguments: 'b'" "see 'xn status --help'" status a b
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" status ''
}

@test "status: quiet or JSON, not both" {
    json_error 2 usage status web --json --quiet
}

@test "status: words that name no domain" {
    bad_domains status
}

@test "status: no Xen is not absence" {
    no_xen status web
    no_xen status -q web
    no_xen status 0
    no_xen status 01234567-89ab-cdef-0123-456789abcdef --timeout 60s
    json_error 4 no-xen status web --json
}

@test "status: no time, no answer" {
    local words=("the host has not answered within 0ms" "this machine does not run the Xen hypervisor")
    xn status --timeout 0 web
    status_is 4
    equal stdout "$output" ""
    has stderr "$stderr" "${words[0]}|${words[1]}"
}

@test "status: usage errors as JSON" {
    json_error 2 usage status --json
}

@test "status: completion" {
    xn __complete status --t
    equal options "$output" "--timeout"
}
