#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn mem-set, without Xen.
load helper

@test "mem-set: help" {
    help_works mem-set
}

SIZE_HINT="write it as 512 (MiB), 4g or 1048576k, with + or - in front for so much more or less"

@test "mem-set: unknown options" {
    bad_options mem-set
    bad_formats mem-set
    usage_error "option '--timeout': 'x' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        mem-set --timeout=x web 512
}

@test "mem-set: two words are needed" {
    local usage="usage: xn mem-set [OPTION]... DOMAIN SIZE"
    usage_error "'xn mem-set' needs DOMAIN and SIZE" "$usage" mem-set
    usage_error "'xn mem-set' needs SIZE" "$usage" mem-set web
    usage_error "too many arguments: '3'" "see 'xn mem-set --help'" mem-set web 2 3
}

@test "mem-set: what is no size" {
    local size
    for size in 10XB abc +abc '' + -0x10 ++5 -+5 +-5 1.5g '5 m' 99999999999999999999 -18446744073709551616k; do
        usage_error "'$size' is not a size" "$SIZE_HINT" mem-set -- web "$size"
    done
    usage_error "'-5x' is not a size" "$SIZE_HINT" mem-set web -5x
    usage_error "unknown option '-x' in '-x5'" "see 'xn mem-set --help'" mem-set web -x5 5
}

@test "mem-set: more and less need no --" {
    no_xen mem-set web -512
    no_xen mem-set web +1g
    no_xen mem-set --wait web -512m
    no_xen mem-set web 4096k --timeout 5m
}

@test "mem-set: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" mem-set '' 5
    local word
    for word in +1 4294967296 32752 domid:x; do
        has_domain_error "'$word' is not a domain number" mem-set "$word" 512
    done
    has_domain_error "'-1' is not a domain number" mem-set -1 512
}

@test "mem-set: as JSON" {
    json_error 2 usage mem-set --json web x
    skip_with_xen
    json_error 4 no-xen mem-set --json web 512
}
