#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn console, without Xen.
load helper

@test "console: help" {
    help_works console
}

@test "console: unknown options" {
    bad_options console
    usage_error "unknown option '--json'" "see 'xn console --help'" console --json web
}

@test "console: options with values" {
    usage_error "option '-t': 'vga' is not one of pv, serial, vuart" "" console -t vga web
    usage_error "option '--type': 'seriel' is not one of pv, serial, vuart" "did you mean 'serial'?" \
        console --type=seriel web
    usage_error "option '-t' needs a value" "write it as -t TYPE" console web -t
    local word
    for word in -1 +1 x '' 1.5 0x10; do
        usage_error "option '-n': '$word' is not a number" \
            "give a whole number from 0 to 2147483647" console -t pv -n "$word" web
    done
    for word in 2147483648 4294967296 99999999999999999999; do
        usage_error "option '--num': '$word' is too large" \
            "give a whole number from 0 to 2147483647" console -t pv --num="$word" web
    done
}

@test "console: one domain" {
    usage_error "'xn console' needs DOMAIN" "usage: xn console [OPTION]... DOMAIN" console
    usage_error "too many arguments: 'b'" "see 'xn console --help'" console a b
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" console ''
}

@test "console: words that name no domain" {
    bad_domains console
}

@test "console: no Xen" {
    no_xen console web
    no_xen console web -t serial -n 0
}
