#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vcpu-set, without Xen.
load helper

@test "vcpu-set: help" {
    help_works vcpu-set
}

@test "vcpu-set: unknown options" {
    bad_options vcpu-set
    bad_formats vcpu-set
}

@test "vcpu-set: two words are needed" {
    local usage="usage: xn vcpu-set [OPTION]... DOMAIN COUNT"
    usage_error "'xn vcpu-set' needs DOMAIN and COUNT" "$usage" vcpu-set
    usage_error "'xn vcpu-set' needs COUNT" "$usage" vcpu-set web
    usage_error "too many arguments: '3'" "see 'xn vcpu-set --help'" vcpu-set web 2 3
}

@test "vcpu-set: what is no number of CPUs" {
    local hint="give a whole number from 0 to 2147483647"
    usage_error "COUNT: a domain cannot be without a CPU" "" vcpu-set web 0
    usage_error "COUNT: 'two' is not a number" "$hint" vcpu-set web two
    usage_error "COUNT: '-1' is not a number" "$hint" vcpu-set web -1
    usage_error "COUNT: '4294967297' is too large" "$hint" vcpu-set web 4294967297
    usage_error "COUNT: '0x2' is not a number" "$hint" vcpu-set web 0x2
}

@test "vcpu-set: words that name no domain" {
    local word
    for word in +1 4294967296 32752 domid:x; do
        has_domain_error "'$word' is not a domain number" vcpu-set "$word" 1
    done
}

@test "vcpu-set: no Xen" {
    no_xen vcpu-set 0 1
    no_xen vcpu-set -i web 64
    json_error 4 no-xen vcpu-set --json web 1
}
