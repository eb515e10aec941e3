#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vkb-detach, without Xen.
load helper

@test "vkb-detach: help" {
    help_works vkb-detach
}

@test "vkb-detach: unknown options" {
    bad_options vkb-detach
    bad_formats vkb-detach
}

@test "vkb-detach: two words are needed" {
    local usage="usage: xn vkb-detach [OPTION]... DOMAIN DEVID"
    usage_error "'xn vkb-detach' needs DOMAIN and DEVID" "$usage" vkb-detach
    usage_error "'xn vkb-detach' needs DEVID" "$usage" vkb-detach web
    usage_error "too many arguments: 'x'" "see 'xn vkb-detach --help'" vkb-detach web 0 x
}

@test "vkb-detach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vkb-detach '' 0
    bad_domains vkb-detach 0
}

@test "vkb-detach: words that name no device" {
    local word hint="give a whole number from 0 on; 'xn vkb-list' shows them"
    for word in x 1x 0x1 +1 4294967296 1.5; do
        usage_error "DEVID: '$word' is not the number of a vkb" "$hint" vkb-detach web "$word" || return
    done
    usage_error "DEVID: '-1' is not the number of a vkb" "$hint" vkb-detach -- web -1
    usage_error "DEVID: empty word for a device" "" vkb-detach web ''
}

@test "vkb-detach: no Xen" {
    no_xen vkb-detach web 0
    no_xen vkb-detach -f web 0 --timeout 5s
    json_error 4 no-xen vkb-detach web 0 --json
}

@test "vkb-detach: there is no dry run" {
    fails 2 "'xn vkb-detach' has no dry run" "" -N vkb-detach web 0
}

@test "vkb-detach: usage errors as JSON" {
    json_error 2 usage vkb-detach --json web
}
