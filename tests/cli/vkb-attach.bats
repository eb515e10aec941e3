#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vkb-attach, without Xen.
load helper

@test "vkb-attach: help" {
    help_works vkb-attach
}

@test "vkb-attach: unknown options" {
    bad_options vkb-attach
    bad_formats vkb-attach
}

@test "vkb-attach: two words are needed" {
    usage_error "'xn vkb-attach' needs DOMAIN and PART" "usage: xn vkb-attach [OPTION]... DOMAIN PART..." vkb-attach
    usage_error "'xn vkb-attach' needs PART" "usage: xn vkb-attach [OPTION]... DOMAIN PART..." vkb-attach web
}

@test "vkb-attach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vkb-attach '' backend-type=linux
    bad_domains vkb-attach backend-type=linux
}

@test "vkb-attach: parts that cannot be understood" {
    bad_part "vkb:1:1: this 'vkb' has no 'backend-type'; add backend-type=linux" \
        vkb-attach web unique-id=a
    bad_part "vkb:1:14: 'lnux' is no value of 'backend-type'; did you mean 'linux'?" \
        vkb-attach web backend-type=lnux
    bad_part "vkb:1:26: 'wide' is not a number, as 'width' needs it" \
        vkb-attach web backend-type=linux width=wide
}

@test "vkb-attach: times" {
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        vkb-attach web backend-type=linux --timeout soon
}

@test "vkb-attach: completion" {
    xn __complete vkb-attach web backend-type=
    status_is 0
    equal words "${output//$'\n'/ }" "backend-type=qemu backend-type=linux"
    xn __complete vkb-attach web feature-ab
    status_is 0
    equal words "${output//$'\n'/ }" "feature-abs-pointer="
    xn __complete vkb-attach web feature-abs-pointer=
    status_is 0
    equal words "${output//$'\n'/ }" "feature-abs-pointer=0 feature-abs-pointer=1"
}

@test "vkb-attach: no Xen" {
    no_xen vkb-attach web backend-type=linux
    no_xen vkb-attach --timeout 5s web backend-type=linux
    no_xen vkb-attach -n web backend-type=linux
    json_error 4 no-xen vkb-attach web backend-type=linux --json
}

@test "vkb-attach: a dry run is understood before the command, too" {
    skip_with_xen
    xn -N vkb-attach web backend-type=linux
    status_is 4
}

@test "vkb-attach: usage errors as JSON" {
    json_error 2 usage vkb-attach --json
}
