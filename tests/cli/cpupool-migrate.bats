#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cpupool-migrate, without Xen.
load helper

@test "cpupool-migrate: help" {
    help_works cpupool-migrate
}

@test "cpupool-migrate: unknown options" {
    bad_options cpupool-migrate
    bad_formats cpupool-migrate
}

@test "cpupool-migrate: two words are needed" {
    local usage="usage: xn cpupool-migrate [OPTION]... DOMAIN POOL"
    usage_error "'xn cpupool-migrate' needs DOMAIN and POOL" "$usage" cpupool-migrate
    usage_error "'xn cpupool-migrate' needs POOL" "$usage" cpupool-migrate web
    usage_error "too many arguments: 'c'" "see 'xn cpupool-migrate --help'" cpupool-migrate a b c
    usage_error "POOL: empty pool name" "" cpupool-migrate web ''
}

@test "cpupool-migrate: words that name no domain" {
    bad_domains cpupool-migrate batch
}

@test "cpupool-migrate: no Xen" {
    no_xen cpupool-migrate web batch
    json_error 4 no-xen cpupool-migrate web batch --json
}
