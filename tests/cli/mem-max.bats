#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn mem-max, without Xen.
load helper

@test "mem-max: help" {
    help_works mem-max
}

@test "mem-max: unknown options" {
    bad_options mem-max
    bad_formats mem-max
}

@test "mem-max: two words are needed" {
    local usage="usage: xn mem-max [OPTION]... DOMAIN SIZE"
    usage_error "'xn mem-max' needs DOMAIN and SIZE" "$usage" mem-max
    usage_error "'xn mem-max' needs SIZE" "$usage" mem-max web
    usage_error "too many arguments: '3'" "see 'xn mem-max --help'" mem-max web 2 3
}

@test "mem-max: what is no size" {
    local size
    for size in 10XB abc -5 +5 '' 99999999999999999999; do
        usage_error "SIZE: '$size' is not a size" "write it as 512 (MiB), 512m, 4g or 1048576k" \
            mem-max -- web "$size"
    done
    usage_error "SIZE: '-5' is not a size" "write it as 512 (MiB), 512m, 4g or 1048576k" mem-max web -5
}

@test "mem-max: no Xen" {
    no_xen mem-max web 512
    no_xen mem-max 0 4g
    json_error 4 no-xen mem-max web 512 --json
}
