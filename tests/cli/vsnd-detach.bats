#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vsnd-detach, without Xen.
load helper

@test "vsnd-detach: help" {
    help_works vsnd-detach
}

@test "vsnd-detach: unknown options" {
    bad_options vsnd-detach
    bad_formats vsnd-detach
}

@test "vsnd-detach: two words are needed" {
    local usage="usage: xn vsnd-detach [OPTION]... DOMAIN DEVID"
    usage_error "'xn vsnd-detach' needs DOMAIN and DEVID" "$usage" vsnd-detach
    usage_error "'xn vsnd-detach' needs DEVID" "$usage" vsnd-detach web
    usage_error "too many arguments: 'x'" "see 'xn vsnd-detach --help'" vsnd-detach web 0 x
}

@test "vsnd-detach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vsnd-detach '' 0
    bad_domains vsnd-detach 0
}

@test "vsnd-detach: words that name no device" {
    local word hint="give a whole number from 0 on; 'xn vsnd-list' shows them"
    for word in x 1x 0x1 +1 4294967296 1.5; do
        usage_error "DEVID: '$word' is not the number of a vsnd" "$hint" vsnd-detach web "$word" || return
    done
    usage_error "DEVID: '-1' is not the number of a vsnd" "$hint" vsnd-detach -- web -1
    usage_error "DEVID: empty word for a device" "" vsnd-detach web ''
}

@test "vsnd-detach: no Xen" {
    no_xen vsnd-detach web 0
    no_xen vsnd-detach -f web 0 --timeout 5s
    json_error 4 no-xen vsnd-detach web 0 --json
}

@test "vsnd-detach: there is no dry run" {
    fails 2 "'xn vsnd-detach' has no dry run" "" -N vsnd-detach web 0
}

@test "vsnd-detach: usage errors as JSON" {
    json_error 2 usage vsnd-detach --json web
}
