#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn migrate, without Xen.
load helper

@test "migrate: help" {
    help_works migrate
}

@test "migrate: wrong usage" {
    local usage="usage: xn migrate [OPTION]... [DOMAIN] [HOST]"
    bad_options migrate
    bad_formats migrate
    usage_error "'xn migrate' needs DOMAIN and HOST" "$usage" migrate
    usage_error "'xn migrate' needs DOMAIN and HOST" "$usage" migrate web
    usage_error "too many arguments: 'more'" "see 'xn migrate --help'" migrate web host2 more
    usage_error "'xn migrate --all' needs HOST" "$usage" migrate --all
    usage_error "--all and 'web' exclude each other" "" migrate --all web host2
    usage_error "-C, -D, -p and --check are for one guest" "" migrate --all -p host2
    usage_error "--status is about all guests" "" migrate --status web
    usage_error "--copy-disk needs --offline" "a disk cannot be copied while the guest writes to it" \
        migrate --copy-disk web host2
    usage_error "--copy-disk and -C exclude each other" "" \
        migrate --offline --copy-disk -C web.cfg web host2
    usage_error "--copy-disk is for one guest" "" migrate --all --offline --copy-disk host2
    usage_error "--abort-if-slow needs --max-downtime" "that says what is too slow" \
        migrate --abort-if-slow web host2
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" \
        migrate '' host2
    usage_error "option '--config': empty file name" "" migrate --config= web host2
}

@test "migrate: words that name no domain" {
    bad_domains migrate host2
}

@test "migrate: completion" {
    xn __complete -- migrate --max
    status_is 0
    has completion "$output" '--max-downtime'
    xn __complete -- migrate --l
    lacks completion "$output" '--live'
}

@test "migrate: no Xen" {
    no_xen migrate web host2
    no_xen migrate --live -e -F -p -D --debug -s 'ssh -p 22' web host2
    no_xen migrate --check web host2
    no_xen migrate --all host2
    no_xen migrate --compress web host2
    no_xen migrate --offline --copy-disk web host2
    json_error 4 no-xen migrate web host2 --json
}

@test "migrate: usage errors as JSON" {
    json_error 2 usage migrate --json
}

@test "migrate: xl's options under its name" {
    skip_with_xen
    xl migrate -s '' -e -p --live web 'ssh host2 xl migrate-receive'
    has message "$stderr" 'does not run the Xen hypervisor'
}
