#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn xenstore-quota-set, without Xen.
load helper

@test "xenstore-quota-set: help" {
    help_works xenstore-quota-set
}

@test "xenstore-quota-set: unknown options" {
    bad_options xenstore-quota-set
    bad_formats xenstore-quota-set
}

@test "xenstore-quota-set: a domain and quotas" {
    usage_error "'xn xenstore-quota-set' needs DOMAIN|QUOTA=VALUE" \
        "usage: xn xenstore-quota-set [OPTION]... DOMAIN|QUOTA=VALUE..." xenstore-quota-set
    usage_error "no QUOTA=VALUE is given" "" xenstore-quota-set web
    local hint="the names are those of 'xenstore-quota-get', the value is a whole number" word
    for word in watches =5 watches= watches=-1 watches=many watches=4294967296; do
        usage_error "'$word' is not QUOTA=VALUE" "$hint" xenstore-quota-set web "$word"
    done
    usage_error "'web' is not QUOTA=VALUE" "$hint" xenstore-quota-set -g web watches=5
    xn xenstore-quota-set -- -1 watches=5
    status_is 2
    has message "${stderr%%$'\n'*}" "^xn: xenstore-quota-set: '-1' is not a domain number"
}

@test "xenstore-quota-set: no Xen" {
    no_xen xenstore-quota-set web watches=200
    no_xen xenstore-quota-set -g watches=200 nodes=1000
    json_error 4 no-xen xenstore-quota-set --json web watches=200
}
