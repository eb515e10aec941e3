#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn trigger, without Xen.
load helper

@test "trigger: help" {
    help_works trigger
}

@test "trigger: unknown options" {
    bad_options trigger
    bad_formats trigger
}

@test "trigger: two or three words" {
    local usage="usage: xn trigger [OPTION]... DOMAIN TRIGGER [VCPU]"
    usage_error "'xn trigger' needs DOMAIN and TRIGGER" "$usage" trigger
    usage_error "'xn trigger' needs TRIGGER" "$usage" trigger web
    usage_error "too many arguments: '1'" "see 'xn trigger --help'" trigger web nmi 0 1
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" trigger '' nmi
}

@test "trigger: triggers that nobody knows" {
    local list="nmi, reset, init, power, sleep, s3resume"
    usage_error "TRIGGER: 'powr' is not one of $list" "did you mean 'power'?" trigger web powr
    usage_error "TRIGGER: '' is not one of $list" "" trigger web ''
    usage_error "TRIGGER: 'unknown' is not one of $list" "" trigger web unknown
}

@test "trigger: virtual CPUs" {
    local word hint="give a whole number from 0 to 2147483647"
    for word in x -1 +1 1.5 0x1 ''; do
        usage_error "VCPU: '$word' is not a number" "$hint" trigger -- web nmi "$word"
    done
    usage_error "VCPU: '4294967296' is too large" "$hint" trigger web nmi 4294967296
}

@test "trigger: words that name no domain" {
    bad_domains trigger nmi
}

@test "trigger: no Xen" {
    no_xen trigger web nmi
    no_xen trigger web NMI 1
    no_xen trigger web s3resume
    json_error 4 no-xen trigger web power --json
}

@test "trigger: usage errors as JSON" {
    json_error 2 usage trigger --json web frobnicate
}
