#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn events, without Xen.
load helper

@test "events: help" {
    help_works events
}

@test "events: unknown options" {
    bad_options events
    bad_formats events
}

@test "events: no arguments" {
    usage_error "too many arguments: 'web'" "see 'xn events --help'" events web
}

@test "events: words that name no domain" {
    usage_error "option '--domain': empty domain name" "name a domain by its name, domid or UUID" events --domain ''
    xn events --domain -1
    status_is 2
    has message "${stderr%%$'\n'*}" "^xn: events: option '--domain': '-1' is not a domain number"
    xn events -d web -d 4294967296
    status_is 2
}

@test "events: no Xen" {
    no_xen events
    no_xen events --domain web --since-start
    json_error 4 no-xen events --json
}
