#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cpupool-destroy, without Xen.
load helper

@test "cpupool-destroy: help" {
    help_works cpupool-destroy
}

@test "cpupool-destroy: unknown options" {
    bad_options cpupool-destroy
    bad_formats cpupool-destroy
}

@test "cpupool-destroy: one word is needed" {
    usage_error "'xn cpupool-destroy' needs POOL" "usage: xn cpupool-destroy [OPTION]... POOL" \
        cpupool-destroy
    usage_error "too many arguments: 'b'" "see 'xn cpupool-destroy --help'" cpupool-destroy a b
    usage_error "POOL: empty pool name" "" cpupool-destroy ''
}

@test "cpupool-destroy: no Xen" {
    no_xen cpupool-destroy batch
    json_error 4 no-xen cpupool-destroy batch --json
}
