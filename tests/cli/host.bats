#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn host, without Xen.
load helper

@test "host: help" {
    help_works host
}

@test "host: wrong usage" {
    bad_options host
    bad_formats host
    usage_error "'xn host' needs ACTION" "usage: xn host [OPTION]... ACTION" host
    usage_error "ACTION: 'restart' is not one of start, stop" "did you mean 'start'?" host restart
    usage_error "too many arguments: 'web'" "see 'xn host --help'" host start web
    usage_error "--force is for 'host stop'" "" host start --force
    usage_error "--only-autostart is for 'host stop'" "" host start --only-autostart
    usage_error "option '--save-dir': empty file name" "" host stop --save-dir ''
    xn host stop --timeout soon
    status_is 2
    xn host stop --limit -1
    status_is 2
}

@test "host: completion" {
    xn __complete -- host ''
    status_is 0
    equal completion "$output" $'start\nstop'
}

@test "host: no Xen" {
    skip_with_xen
    no_xen host start
    no_xen host start --limit 10m --jobs 2
    no_xen host stop --force --timeout 1m --only-autostart
    no_xen host stop -n
    xn -N host stop
    status_is 4
    json_error 4 no-xen host start --json
}

@test "host: usage errors as JSON" {
    json_error 2 usage host --json
}

@test "host: the systemd unit calls the program as it is" {
    local line
    while read -r line; do
        skip_with_xen
        # shellcheck disable=SC2086 # words
        no_xen $line
    done < <(sed -n 's#^Exec.*@bindir@/xn ##p' "$ROOT/systemd/xn-guests.service.in")
    equal "lines that call xn" "$(grep -c '^Exec.*@bindir@/xn host' "$ROOT/systemd/xn-guests.service.in")" 2
}
