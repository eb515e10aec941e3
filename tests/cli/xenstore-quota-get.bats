#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn xenstore-quota-get, without Xen.
load helper

@test "xenstore-quota-get: help" {
    help_works xenstore-quota-get
}

@test "xenstore-quota-get: unknown options" {
    bad_options xenstore-quota-get
    usage_error "option '--columns': unknown column 'quotas'" "did you mean 'quota'?" \
        xenstore-quota-get -g --columns quotas
}

@test "xenstore-quota-get: a domain or all" {
    usage_error "no domain is named" "name one, or ask for the global quotas with -g" xenstore-quota-get
    usage_error "-g and 'web' exclude each other" "" xenstore-quota-get -g web
    usage_error "too many arguments: 'b'" "see 'xn xenstore-quota-get --help'" xenstore-quota-get a b
    bad_domains xenstore-quota-get
}

@test "xenstore-quota-get: no Xen" {
    no_xen xenstore-quota-get web
    no_xen xenstore-quota-get -g
    json_error 4 no-xen xenstore-quota-get --json web
}
