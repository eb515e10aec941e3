#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vsnd-attach, without Xen.
load helper

@test "vsnd-attach: help" {
    help_works vsnd-attach
}

@test "vsnd-attach: unknown options" {
    bad_options vsnd-attach
    bad_formats vsnd-attach
}

@test "vsnd-attach: two words are needed" {
    usage_error "'xn vsnd-attach' needs DOMAIN and ITEM" "usage: xn vsnd-attach [OPTION]... DOMAIN ITEM..." vsnd-attach
    usage_error "'xn vsnd-attach' needs ITEM" "usage: xn vsnd-attach [OPTION]... DOMAIN ITEM..." vsnd-attach web
}

@test "vsnd-attach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vsnd-attach '' CARD PCM 'STREAM, type=p'
    bad_domains vsnd-attach CARD PCM 'STREAM, type=p'
}

@test "vsnd-attach: parts that cannot be understood" {
    bad_part "vsnd:1:1: an item of 'vsnd' begins with CARD, PCM or STREAM, not 'FOO'" \
        vsnd-attach web FOO
    bad_part "vsnd:1:6: 'vsnd' has no part 'foo'" \
        vsnd-attach web CARD,foo=1
    bad_part "vsnd:1:21: 's17' is no sample format; examples are s16_le, s32_be and f32_le" \
        vsnd-attach web CARD,sample-formats=s17
}

@test "vsnd-attach: times" {
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        vsnd-attach web CARD PCM 'STREAM, type=p' --timeout soon
}

@test "vsnd-attach: completion" {
    xn __complete vsnd-attach web ''
    status_is 0
    has words "$output" '^short-name=$'
}

@test "vsnd-attach: no Xen" {
    no_xen vsnd-attach web CARD PCM 'STREAM, type=p'
    no_xen vsnd-attach --timeout 5s web CARD PCM 'STREAM, type=p'
    no_xen vsnd-attach -n web CARD PCM 'STREAM, type=p'
    json_error 4 no-xen vsnd-attach web CARD PCM 'STREAM, type=p' --json
}

@test "vsnd-attach: a dry run is understood before the command, too" {
    skip_with_xen
    xn -N vsnd-attach web CARD PCM 'STREAM, type=p'
    status_is 4
}

@test "vsnd-attach: usage errors as JSON" {
    json_error 2 usage vsnd-attach --json
}
