#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn psr-cat-set, without Xen.
load helper

@test "psr-cat-set: help" {
    help_works psr-cat-set
}

@test "psr-cat-set: wrong usage" {
    bad_options psr-cat-set
    bad_formats psr-cat-set
    bad_domains psr-cat-set 0xf
    usage_error "'xn psr-cat-set' needs DOMAIN and CBM" \
        "usage: xn psr-cat-set [OPTION]... DOMAIN CBM" psr-cat-set
    usage_error "--code and --data exclude each other" "without them the mask is set for both" \
        psr-cat-set -c -d web 0xf
    usage_error "option '--level': a cache has the level 2 or 3, not 1" "" psr-cat-set -l 1 web 0xf
    usage_error "only the L3 cache has masks for code and data apart" "" \
        psr-cat-set -l 2 --code web 0xf
}

@test "psr-cat-set: what is no mask" {
    local mask
    for mask in x 0 0x '' 0xg -1 +1 ' 1' 99999999999999999999 0x10000000000000000; do
        usage_error "CBM: '$mask' is no mask of portions of a cache" \
            "write it as 0xf0, one bit for each portion" psr-cat-set -- web "$mask"
    done
}

@test "psr-cat-set: no Xen" {
    no_xen psr-cat-set web 0xf0
    no_xen psr-cat-set -s 0,2-3 -l 3 -d web 15
    json_error 4 no-xen psr-cat-set web 0xf0 --json
}
