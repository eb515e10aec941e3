#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vtpm-detach, without Xen.
load helper

@test "vtpm-detach: help" {
    help_works vtpm-detach
}

@test "vtpm-detach: unknown options" {
    bad_options vtpm-detach
    bad_formats vtpm-detach
}

@test "vtpm-detach: two words are needed" {
    local usage="usage: xn vtpm-detach [OPTION]... DOMAIN DEVID|UUID"
    usage_error "'xn vtpm-detach' needs DOMAIN and DEVID|UUID" "$usage" vtpm-detach
    usage_error "'xn vtpm-detach' needs DEVID|UUID" "$usage" vtpm-detach web
    usage_error "too many arguments: 'x'" "see 'xn vtpm-detach --help'" vtpm-detach web 0 x
}

@test "vtpm-detach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vtpm-detach '' 0
    bad_domains vtpm-detach 0
}

@test "vtpm-detach: words that name no device" {
    local word hint="give a whole number from 0 on; 'xn vtpm-list' shows them"
    for word in x 1x 0x1 +1 4294967296 1.5; do
        usage_error "DEVID: '$word' is not the number of a vtpm" "$hint" vtpm-detach web "$word" || return
    done
    usage_error "DEVID: '-1' is not the number of a vtpm" "$hint" vtpm-detach -- web -1
    usage_error "DEVID|UUID: empty word for a device" "" vtpm-detach web ''
}

@test "vtpm-detach: no Xen" {
    no_xen vtpm-detach web 0
    no_xen vtpm-detach -f web 0 --timeout 5s
    json_error 4 no-xen vtpm-detach web 0 --json
}

@test "vtpm-detach: there is no dry run" {
    fails 2 "'xn vtpm-detach' has no dry run" "" -N vtpm-detach web 0
}

@test "vtpm-detach: usage errors as JSON" {
    json_error 2 usage vtpm-detach --json web
}

@test "vtpm-detach: a UUID stands for a number" {
    no_xen vtpm-detach web 7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47
}
