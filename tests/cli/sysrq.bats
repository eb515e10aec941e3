#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn sysrq, without Xen.
load helper

@test "sysrq: help" {
    help_works sysrq
}

@test "sysrq: unknown options" {
    bad_options sysrq
    bad_formats sysrq
}

@test "sysrq: two words are needed" {
    local usage="usage: xn sysrq [OPTION]... DOMAIN LETTER"
    usage_error "'xn sysrq' needs DOMAIN and LETTER" "$usage" sysrq
    usage_error "'xn sysrq' needs LETTER" "$usage" sysrq web
    usage_error "too many arguments: 'i'" "see 'xn sysrq --help'" sysrq web h i
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" sysrq '' h
}

@test "sysrq: one printable letter" {
    local hint="a Linux guest lists them on its console for the letter h"
    usage_error "LETTER: 'hi' is not one printable letter" "$hint" sysrq web hi
    usage_error "LETTER: '' is not one printable letter" "$hint" sysrq web ''
    usage_error "LETTER: ' ' is not one printable letter" "$hint" sysrq web ' '
    usage_error "LETTER: '\\x1b' is not one printable letter" "$hint" sysrq web $'\e'
    usage_error "LETTER: '\\x7f' is not one printable letter" "$hint" sysrq web $'\x7f'
    usage_error "LETTER: '\\xe4' is not one printable letter" "$hint" sysrq web $'\xe4'
    usage_error "LETTER: 'ä' is not one printable letter" "$hint" sysrq web ä
}

@test "sysrq: words that name no domain" {
    bad_domains sysrq h
}

@test "sysrq: no Xen" {
    no_xen sysrq web h
    no_xen sysrq web 9
    json_error 4 no-xen sysrq web h --json
}

@test "sysrq: usage errors as JSON" {
    json_error 2 usage sysrq --json web hh
}
