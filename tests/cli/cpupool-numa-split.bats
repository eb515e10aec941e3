#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cpupool-numa-split, without Xen.
load helper

@test "cpupool-numa-split: help" {
    help_works cpupool-numa-split
}

@test "cpupool-numa-split: unknown options" {
    bad_options cpupool-numa-split
    bad_formats cpupool-numa-split
    usage_error "too many arguments: 'a'" "see 'xn cpupool-numa-split --help'" cpupool-numa-split a
}

@test "cpupool-numa-split: no Xen" {
    no_xen cpupool-numa-split
    json_error 4 no-xen cpupool-numa-split --json
}
