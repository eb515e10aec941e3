#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn start, without Xen.
load helper

@test "start: help" {
    help_works start
}

@test "start: wrong usage" {
    bad_options start
    bad_formats start
    usage_error "'xn start' needs NAME" "usage: xn start [OPTION]... NAME..." start
    usage_error "NAME: empty domain name" "name a domain by its name, domid or UUID" start ''
    usage_error "'./web.cfg' is no name of a guest but a file" "xn create ./web.cfg" start ./web.cfg
    usage_error "-c is for one guest, and several are named" "" start -c web db
    usage_error "option '--jobs': 'x' is not a number" "give a whole number from 0 to 2147483647" \
        start --jobs x web
}

@test "start: completion" {
    xn __complete -- start --p
    status_is 0
    equal completion "$output" "--paused"
}

@test "start: no Xen" {
    skip_with_xen
    no_xen start web
    no_xen start -pq -j 2 web db
    json_error 4 no-xen start web --json
}

@test "start: usage errors as JSON" {
    json_error 2 usage start --json
}
