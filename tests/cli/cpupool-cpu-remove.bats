#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cpupool-cpu-remove, without Xen.
load helper

@test "cpupool-cpu-remove: help" {
    help_works cpupool-cpu-remove
}

@test "cpupool-cpu-remove: unknown options" {
    bad_options cpupool-cpu-remove
    bad_formats cpupool-cpu-remove
}

@test "cpupool-cpu-remove: two words are needed" {
    local usage="usage: xn cpupool-cpu-remove [OPTION]... POOL CPUS"
    usage_error "'xn cpupool-cpu-remove' needs POOL and CPUS" "$usage" cpupool-cpu-remove
    usage_error "'xn cpupool-cpu-remove' needs CPUS" "$usage" cpupool-cpu-remove batch
    usage_error "too many arguments: '3'" "see 'xn cpupool-cpu-remove --help'" cpupool-cpu-remove batch 2 3
}

@test "cpupool-cpu-remove: what is no CPU" {
    local word hint="write N, A-B, ^N, node:N or all, separated by ','"
    for word in x 1-0 ^all node: 0x1 1,y; do
        usage_error "CPUS: '${word##*,}' is no set of CPUs" "$hint" cpupool-cpu-remove batch "$word"
    done
    usage_error "CPUS: no CPU is named" "$hint" cpupool-cpu-remove batch ''
    usage_error "POOL: empty pool name" "" cpupool-cpu-remove '' 1
}

@test "cpupool-cpu-remove: no Xen" {
    no_xen cpupool-cpu-remove batch 3
    no_xen cpupool-cpu-remove batch node:1
    json_error 4 no-xen cpupool-cpu-remove batch 0-1 --json
}
