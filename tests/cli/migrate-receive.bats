#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn migrate-receive, without Xen.
load helper

@test "migrate-receive: help" {
    help_works migrate-receive
}

@test "migrate-receive: wrong usage" {
    bad_options migrate-receive
    usage_error "too many arguments: 'web'" "see 'xn migrate-receive --help'" migrate-receive web
    usage_error "'web' is not a UUID in lower case" "" migrate-receive --report web
    usage_error "'01234567-89AB-cdef-0123-456789abcdef' is not a UUID in lower case" "" \
        migrate-receive --report 01234567-89AB-cdef-0123-456789abcdef
    usage_error "--remus and --colo exclude each other" "" migrate-receive -r --colo
    usage_error "--coloft-script and --userspace-colo-proxy need --colo" "" \
        migrate-receive --userspace-colo-proxy
    usage_error "--compress and --copy-disk are not for checkpoints" "" migrate-receive -r --compress
}

@test "migrate-receive: not for people" {
    command -v script > /dev/null || skip "script is not installed"
    run script -qec "'$XN' migrate-receive" /dev/null
    [ "$status" = 2 ]
    has message "$output" "this is the far end of a migration, and not for people"
}

@test "migrate-receive: completion" {
    xn __complete -- migrate-receive --
    status_is 0
    has completion "$output" '--no-supervise'
}

@test "migrate-receive: no Xen, and no banner" {
    no_xen migrate-receive
    no_xen migrate-receive -e -d -p -F
    no_xen migrate-receive -r -e
    no_xen migrate-receive --compress --copy-disk
    no_xen migrate-receive --colo --coloft-script /etc/xen/scripts/colo-proxy-setup --userspace-colo-proxy
    no_xen migrate-receive --check
    no_xen migrate-receive --report 01234567-89ab-cdef-0123-456789abcdef
    xn -t -T -vv migrate-receive
    equal stdout "$output" ""
}
