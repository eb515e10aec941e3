#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn network-detach, without Xen.
load helper

@test "network-detach: help" {
    help_works network-detach
}

@test "network-detach: wrong usage" {
    local usage="usage: xn network-detach [OPTION]... DOMAIN DEVICE"
    bad_options network-detach
    bad_formats network-detach
    usage_error "'xn network-detach' needs DOMAIN and DEVICE" "$usage" network-detach
    usage_error "'xn network-detach' needs DEVICE" "$usage" network-detach web
    usage_error "too many arguments: '2'" "see 'xn network-detach --help'" network-detach web 1 2
    usage_error "DEVICE: empty word for a device" "" network-detach web ''
}

@test "network-detach: words that name no domain" {
    bad_domains network-detach 0
}

@test "network-detach: no Xen" {
    no_xen network-detach web 0
    no_xen network-detach web 00:16:3e:00:00:01 --force
    no_xen network-detach web vif5.0 --timeout 2s -n
    json_error 4 no-xen network-detach web 0 --json
}

@test "network-detach: completion without a host offers nothing" {
    skip_with_xen
    xn __complete network-detach web ''
    status_is 0
    equal candidates "$output" ""
}
