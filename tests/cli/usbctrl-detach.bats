#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn usbctrl-detach, without Xen.
load helper

@test "usbctrl-detach: help" {
    help_works usbctrl-detach
}

@test "usbctrl-detach: unknown options" {
    bad_options usbctrl-detach
    bad_formats usbctrl-detach
}

@test "usbctrl-detach: two words are needed" {
    local usage="usage: xn usbctrl-detach [OPTION]... DOMAIN DEVID"
    usage_error "'xn usbctrl-detach' needs DOMAIN and DEVID" "$usage" usbctrl-detach
    usage_error "'xn usbctrl-detach' needs DEVID" "$usage" usbctrl-detach web
    usage_error "too many arguments: 'x'" "see 'xn usbctrl-detach --help'" usbctrl-detach web 0 x
}

@test "usbctrl-detach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" usbctrl-detach '' 0
    bad_domains usbctrl-detach 0
}

@test "usbctrl-detach: words that name no device" {
    local word hint="give a whole number from 0 on; 'xn usb-list' shows them"
    for word in x 1x 0x1 +1 4294967296 1.5; do
        usage_error "DEVID: '$word' is not the number of a usbctrl" "$hint" usbctrl-detach web "$word" || return
    done
    usage_error "DEVID: '-1' is not the number of a usbctrl" "$hint" usbctrl-detach -- web -1
    usage_error "DEVID: empty word for a device" "" usbctrl-detach web ''
}

@test "usbctrl-detach: no Xen" {
    no_xen usbctrl-detach web 0
    no_xen usbctrl-detach -f web 0 --timeout 5s
    json_error 4 no-xen usbctrl-detach web 0 --json
}

@test "usbctrl-detach: there is no dry run" {
    fails 2 "'xn usbctrl-detach' has no dry run" "" -N usbctrl-detach web 0
}

@test "usbctrl-detach: usage errors as JSON" {
    json_error 2 usage usbctrl-detach --json web
}
