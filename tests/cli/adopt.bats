#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn adopt, without Xen.
load helper

@test "adopt: help" {
    help_works adopt
}

@test "adopt: unknown options" {
    bad_options adopt
    bad_formats adopt
    usage_error "unknown option '--take-ovr'" "did you mean '--take-over'?" adopt --take-ovr web
    usage_error "option '--take-over' takes no value, but 'yes' was given" "see 'xn adopt --help'" \
        adopt --take-over=yes web
}

@test "adopt: a domain is needed" {
    usage_error "'xn adopt' needs DOMAIN" "usage: xn adopt [OPTION]... DOMAIN..." adopt
    usage_error "'xn adopt' needs DOMAIN" "usage: xn adopt [OPTION]... DOMAIN..." adopt --take-over
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" adopt web ''
}

@test "adopt: words that name no domain" {
    bad_domains adopt
}

@test "adopt: no Xen" {
    no_xen adopt web
    no_xen adopt --take-over web db
    json_error 4 no-xen adopt web --json
}

@test "adopt: usage errors as JSON" {
    json_error 2 usage adopt --json
    json_error 2 usage adopt --json --take-ovr web
}

@test "adopt: completion" {
    xn __complete adopt --ta
    status_is 0
    equal "what is offered" "$output" "--take-over"
}
