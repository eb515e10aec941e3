#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vncviewer, without Xen.
load helper

@test "vncviewer: help" {
    help_works vncviewer
    lacks help "$output" 'vncviewer-autopass'
}

@test "vncviewer: unknown options" {
    bad_options vncviewer
    usage_error "unknown option '--json'" "see 'xn vncviewer --help'" vncviewer --json web
    usage_error "option '--autopass' takes no value, but 'x' was given" "see 'xn vncviewer --help'" \
        vncviewer --autopass=x web
}

@test "vncviewer: one domain" {
    usage_error "'xn vncviewer' needs DOMAIN" "usage: xn vncviewer [OPTION]... DOMAIN" vncviewer
    usage_error "too many arguments: 'b'" "see 'xn vncviewer --help'" vncviewer a b
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vncviewer ''
}

@test "vncviewer: words that name no domain" {
    bad_domains vncviewer
}

@test "vncviewer: no Xen" {
    no_xen vncviewer web
    no_xen vncviewer -a web
    no_xen vncviewer --autopass web
    no_xen vncviewer --vncviewer-autopass web
}
