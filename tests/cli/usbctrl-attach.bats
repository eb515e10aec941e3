#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn usbctrl-attach, without Xen.
load helper

@test "usbctrl-attach: help" {
    help_works usbctrl-attach
}

@test "usbctrl-attach: unknown options" {
    bad_options usbctrl-attach
    bad_formats usbctrl-attach
}

@test "usbctrl-attach: a domain is needed" {
    usage_error "'xn usbctrl-attach' needs DOMAIN" "usage: xn usbctrl-attach [OPTION]... DOMAIN [PART]..." usbctrl-attach
}

@test "usbctrl-attach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" usbctrl-attach '' type=auto
    bad_domains usbctrl-attach type=auto
}

@test "usbctrl-attach: parts that cannot be understood" {
    bad_part "usbctrl:1:7: '99' is out of range for 'ports'; it must be from 0 to 31" \
        usbctrl-attach web ports=99
    bad_part "usbctrl:1:9: '4' is out of range for 'version'; it must be from 0 to 3" \
        usbctrl-attach web version=4
    bad_part "usbctrl:1:6: 'devicemodl' is no value of 'type'; did you mean 'devicemodel'?" \
        usbctrl-attach web type=devicemodl
}

@test "usbctrl-attach: times" {
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        usbctrl-attach web type=auto --timeout soon
}

@test "usbctrl-attach: completion" {
    xn __complete usbctrl-attach web type=
    status_is 0
    equal words "${output//$'\n'/ }" "type=auto type=pv type=qusb type=devicemodel"
}

@test "usbctrl-attach: no Xen" {
    no_xen usbctrl-attach web type=auto
    no_xen usbctrl-attach --timeout 5s web type=auto
    no_xen usbctrl-attach -n web type=auto
    json_error 4 no-xen usbctrl-attach web type=auto --json
    no_xen usbctrl-attach web
}

@test "usbctrl-attach: a dry run is understood before the command, too" {
    skip_with_xen
    xn -N usbctrl-attach web type=auto
    status_is 4
}

@test "usbctrl-attach: usage errors as JSON" {
    json_error 2 usage usbctrl-attach --json
}
