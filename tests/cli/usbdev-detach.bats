#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn usbdev-detach, without Xen.
load helper

@test "usbdev-detach: help" {
    help_works usbdev-detach
}

@test "usbdev-detach: unknown options" {
    bad_options usbdev-detach
    bad_formats usbdev-detach
}

@test "usbdev-detach: three words are needed" {
    local usage="usage: xn usbdev-detach [OPTION]... DOMAIN CONTROLLER PORT"
    usage_error "'xn usbdev-detach' needs PORT" "$usage" usbdev-detach web 0
    usage_error "too many arguments: 'x'" "see 'xn usbdev-detach --help'" usbdev-detach web 0 1 x
}

@test "usbdev-detach: words that name no domain" {
    bad_domains usbdev-detach 0 1
}

@test "usbdev-detach: words that name no port" {
    local word hint="give a whole number from 1 to 31; 'xn usb-list' shows what is in them"
    for word in 0 32 x 1x +1; do
        usage_error "PORT: '$word' is not the number of a port" "$hint" usbdev-detach web 0 "$word" || return
    done
    hint="give a whole number from 0 on; 'xn usb-list' shows them"
    for word in x controller=0 4294967296; do
        usage_error "CONTROLLER: '$word' is not the number of a USB controller" "$hint" \
            usbdev-detach web "$word" 1 || return
    done
}

@test "usbdev-detach: no Xen" {
    no_xen usbdev-detach web 0 1
    no_xen usbdev-detach web 0 31 --timeout 5s
    json_error 4 no-xen usbdev-detach web 0 1 --json
}

@test "usbdev-detach: usage errors as JSON" {
    json_error 2 usage usbdev-detach --json web 0 0
}
