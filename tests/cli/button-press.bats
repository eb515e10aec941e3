#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn button-press, without Xen.
load helper

@test "button-press: help" {
    help_works button-press
}

@test "button-press: unknown options" {
    bad_options button-press
    bad_formats button-press
}

@test "button-press: two words are needed" {
    local usage="usage: xn button-press [OPTION]... DOMAIN BUTTON"
    usage_error "'xn button-press' needs DOMAIN and BUTTON" "$usage" button-press
    usage_error "'xn button-press' needs BUTTON" "$usage" button-press web
    usage_error "too many arguments: '0'" "see 'xn button-press --help'" button-press web power 0
    usage_error "BUTTON: 'nmi' is not one of power, sleep" "" button-press web nmi
}

@test "button-press: words that name no domain" {
    bad_domains button-press power
}

@test "button-press: no Xen" {
    no_xen button-press web power
    json_error 4 no-xen button-press web sleep --json
}

@test "button-press: usage errors as JSON" {
    json_error 2 usage button-press --json web
}
