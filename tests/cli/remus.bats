#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn remus, without Xen.
load helper

@test "remus: help" {
    help_works remus
}

@test "remus: wrong usage" {
    bad_options remus
    bad_formats remus
    usage_error "'xn remus' needs DOMAIN" "usage: xn remus [OPTION]... DOMAIN [HOST]" remus
    usage_error "'xn remus' needs HOST" "only '-F -b' goes without one: it sends to nobody" remus web
    usage_error "too many arguments: 'more'" "see 'xn remus --help'" remus web host2 more
    usage_error "-b, -n and -d need --unsafe" "with them a failover loses something, or everything" \
        remus -b web
    usage_error "-b, -n and -d need --unsafe" "with them a failover loses something, or everything" \
        remus -n -d web host2
    usage_error "--userspace-colo-proxy needs --colo" "" remus -p web host2
    usage_error "--colo excludes -i, -b, -n and -d" "" remus -c -i 100 web host2
    usage_error "--colo excludes -i, -b, -n and -d" "" remus -F -c -d web host2
    usage_error "'a;b' cannot be a script of COLO's proxy" "" remus -c -N 'a;b' web host2
}

@test "remus: words that name no domain" {
    bad_domains remus host2
}

@test "remus: completion" {
    xn __complete -- remus --black
    status_is 0
    has completion "$output" '--blackhole'
}

@test "remus: no Xen" {
    no_xen remus web host2
    no_xen remus -F -b web
    no_xen remus -F -n -d -u -e -i 100 -s 'ssh -p 22' -N /etc/xen/scripts/remus-netbuf-setup web host2
    no_xen remus -c -p -u web host2
    json_error 4 no-xen remus web host2 --json
}

@test "remus: usage errors as JSON" {
    json_error 2 usage remus --json
}

@test "remus: xl's options under its name" {
    skip_with_xen
    xl remus -Fb -i 100 web ''
    has message "$stderr" 'does not run the Xen hypervisor'
}
