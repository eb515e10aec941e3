#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn save, without Xen.
load helper

@test "save: help" {
    help_works save
}

@test "save: wrong usage" {
    local usage="usage: xn save [OPTION]... DOMAIN FILE [CONFIG]"
    bad_options save
    bad_formats save
    usage_error "'xn save' needs DOMAIN and FILE" "$usage" save
    usage_error "'xn save' needs FILE" "$usage" save web
    usage_error "too many arguments: 'more'" "see 'xn save --help'" save web web.save web.cfg more
    usage_error "FILE: empty file name" "" save web ''
    usage_error "CONFIG: empty file name" "" save web web.save ''
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" \
        save '' web.save
    usage_error "-c and -p exclude each other" "-c: the guest runs on; -p: it stays, paused" \
        save -cp web web.save
}

@test "save: words that name no domain" {
    bad_domains save web.save
}

@test "save: completion" {
    touch "$BATS_TEST_TMPDIR/web.save"
    xn __complete -- save --keep
    status_is 0
    has completion "$output" '--keep-running'
    has completion "$output" '--keep-domid'
    xn __complete -- save --comp
    has completion "$output" '--compress'
}

@test "save: no Xen, and no file" {
    skip_with_xen
    cd "$BATS_TEST_TMPDIR"
    no_xen save web web.save
    no_xen save -cD web web.save
    no_xen save -p web web.save web.cfg
    no_xen save --compress web web.save
    json_error 4 no-xen save web web.save --json
    [ ! -e web.save ]
}

@test "save: usage errors as JSON" {
    json_error 2 usage save --json
    json_error 2 usage save --json -cp web web.save
}
