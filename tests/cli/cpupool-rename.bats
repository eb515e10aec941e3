#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cpupool-rename, without Xen.
load helper

@test "cpupool-rename: help" {
    help_works cpupool-rename
}

@test "cpupool-rename: unknown options" {
    bad_options cpupool-rename
    bad_formats cpupool-rename
}

@test "cpupool-rename: two words are needed" {
    local usage="usage: xn cpupool-rename [OPTION]... POOL NEW-NAME"
    usage_error "'xn cpupool-rename' needs POOL and NEW-NAME" "$usage" cpupool-rename
    usage_error "'xn cpupool-rename' needs NEW-NAME" "$usage" cpupool-rename a
    usage_error "too many arguments: 'c'" "see 'xn cpupool-rename --help'" cpupool-rename a b c
}

@test "cpupool-rename: names that no pool may have" {
    usage_error "empty pool name" "" cpupool-rename a ''
    usage_error "'a/b' is no name for a CPU pool: it holds '/'" "" cpupool-rename a a/b
    usage_error "'\\x1b[31m' is no name for a CPU pool: it holds '\\x1b'" "" cpupool-rename a $'\e[31m'
    usage_error "'12' is no name for a CPU pool: it is a number" \
        "a number stands for the pool that has it" cpupool-rename a 12
}

@test "cpupool-rename: no Xen" {
    no_xen cpupool-rename Pool-0 system
    json_error 4 no-xen cpupool-rename a b --json
}
