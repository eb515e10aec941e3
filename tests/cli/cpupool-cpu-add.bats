#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cpupool-cpu-add, without Xen.
load helper

@test "cpupool-cpu-add: help" {
    help_works cpupool-cpu-add
}

@test "cpupool-cpu-add: unknown options" {
    bad_options cpupool-cpu-add
    bad_formats cpupool-cpu-add
}

@test "cpupool-cpu-add: two words are needed" {
    local usage="usage: xn cpupool-cpu-add [OPTION]... POOL CPUS"
    usage_error "'xn cpupool-cpu-add' needs POOL and CPUS" "$usage" cpupool-cpu-add
    usage_error "'xn cpupool-cpu-add' needs CPUS" "$usage" cpupool-cpu-add batch
    usage_error "too many arguments: '3'" "see 'xn cpupool-cpu-add --help'" cpupool-cpu-add batch 2 3
}

@test "cpupool-cpu-add: what is no CPU" {
    local word hint="write N, A-B, ^N, node:N or all, separated by ','"
    for word in x 1-0 ^all node: 0x1 1,y; do
        usage_error "CPUS: '${word##*,}' is no set of CPUs" "$hint" cpupool-cpu-add batch "$word"
    done
    usage_error "CPUS: no CPU is named" "$hint" cpupool-cpu-add batch ''
    usage_error "POOL: empty pool name" "" cpupool-cpu-add '' 1
}

@test "cpupool-cpu-add: no Xen" {
    no_xen cpupool-cpu-add batch 3
    no_xen cpupool-cpu-add batch node:1
    json_error 4 no-xen cpupool-cpu-add batch 0-1 --json
}
