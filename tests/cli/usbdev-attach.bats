#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn usbdev-attach, without Xen.
load helper

@test "usbdev-attach: help" {
    help_works usbdev-attach
}

@test "usbdev-attach: unknown options" {
    bad_options usbdev-attach
    bad_formats usbdev-attach
}

@test "usbdev-attach: two words are needed" {
    usage_error "'xn usbdev-attach' needs DOMAIN and PART" "usage: xn usbdev-attach [OPTION]... DOMAIN PART..." usbdev-attach
    usage_error "'xn usbdev-attach' needs PART" "usage: xn usbdev-attach [OPTION]... DOMAIN PART..." usbdev-attach web
}

@test "usbdev-attach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" usbdev-attach '' hostbus=1 hostaddr=3
    bad_domains usbdev-attach hostbus=1 hostaddr=3
}

@test "usbdev-attach: parts that cannot be understood" {
    bad_part "usbdev:1:1: this 'usbdev' has no 'hostaddr'; add hostaddr=3" \
        usbdev-attach web hostbus=1
    bad_part "usbdev:1:1: this 'usbdev' has no 'hostbus'; add hostbus=1" \
        usbdev-attach web hostaddr=1
    bad_part "usbdev:1:9: '300' is out of range for 'hostbus'; it must be from 0 to 255" \
        usbdev-attach web hostbus=300 hostaddr=1
    bad_part "usbdev:1:20: 'x' is not a number, as 'hostaddr' needs it" \
        usbdev-attach web hostbus=1 hostaddr=x
}

@test "usbdev-attach: times" {
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        usbdev-attach web hostbus=1 hostaddr=3 --timeout soon
}

@test "usbdev-attach: completion" {
    xn __complete usbdev-attach web hostbus=1 hosta
    status_is 0
    equal words "${output//$'\n'/ }" "hostaddr="
    xn __complete usbdev-attach web type=
    status_is 0
    equal words "${output//$'\n'/ }" "type=hostdev"
}

@test "usbdev-attach: no Xen" {
    no_xen usbdev-attach web hostbus=1 hostaddr=3
    no_xen usbdev-attach --timeout 5s web hostbus=1 hostaddr=3
    no_xen usbdev-attach -n web hostbus=1 hostaddr=3
    json_error 4 no-xen usbdev-attach web hostbus=1 hostaddr=3 --json
}

@test "usbdev-attach: a dry run is understood before the command, too" {
    skip_with_xen
    xn -N usbdev-attach web hostbus=1 hostaddr=3
    status_is 4
}

@test "usbdev-attach: usage errors as JSON" {
    json_error 2 usage usbdev-attach --json
}
