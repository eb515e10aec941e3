#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vcpu-pin, without Xen.
load helper

@test "vcpu-pin: help" {
    help_works vcpu-pin
}

CPUS_HINT="write N, A-B, ^N, node:N or all, separated by ','"

@test "vcpu-pin: unknown options" {
    bad_options vcpu-pin
    bad_formats vcpu-pin
}

@test "vcpu-pin: three or four words are needed" {
    local usage="usage: xn vcpu-pin [OPTION]... DOMAIN VCPU HARD [SOFT]"
    usage_error "'xn vcpu-pin' needs DOMAIN and VCPU and HARD" "$usage" vcpu-pin
    usage_error "'xn vcpu-pin' needs HARD" "$usage" vcpu-pin web 0
    usage_error "too many arguments: '3'" "see 'xn vcpu-pin --help'" vcpu-pin web 0 1 2 3
}

@test "vcpu-pin: what is no CPU" {
    local word hint="give its number, counted from 0, or 'all'"
    for word in x -1 +1 '' 4294967296 All 0-1; do
        usage_error "VCPU: '$word' is no CPU of a guest" "$hint" vcpu-pin -- web "$word" 0
    done
    for word in x 1-0 ^all 1- node: 0x1 1,y all,^z 99999999999999999999; do
        usage_error "HARD: '${word##*,}' is no set of CPUs" "$CPUS_HINT" vcpu-pin web 0 "$word"
        usage_error "SOFT: '${word##*,}' is no set of CPUs" "$CPUS_HINT" vcpu-pin web 0 - "$word"
    done
    usage_error "HARD: no CPU is named" "$CPUS_HINT" vcpu-pin web 0 ''
}

@test "vcpu-pin: what does not go together" {
    usage_error "nothing is to be changed: '-' leaves an affinity as it is" \
        "name CPUs for HARD or for SOFT" vcpu-pin web 0 -
    usage_error "nothing is to be changed: '-' leaves an affinity as it is" \
        "name CPUs for HARD or for SOFT" vcpu-pin web all - -
    usage_error "--force and 'all' exclude each other" "name one CPU of the domain" \
        vcpu-pin -f web all 0
}

@test "vcpu-pin: no Xen" {
    no_xen vcpu-pin web 0 0-3,^2,node:1
    no_xen vcpu-pin web all - nodes:0-1
    skip_with_xen
    xn -N vcpu-pin web 0 0
    status_is 4
    json_error 4 no-xen vcpu-pin web 0 all all --json
}

@test "vcpu-pin: 'all' is completed" {
    xn __complete vcpu-pin web al
    equal completion "$output" all
    xn __complete vcpu-pin web 0 ''
    status_is 0
}
