#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn dt-overlay, without Xen.
load helper

@test "dt-overlay: help" {
    help_works dt-overlay
}

@test "dt-overlay: unknown options" {
    bad_options dt-overlay
    bad_formats dt-overlay
}

@test "dt-overlay: an action, a file, and a domain with attach" {
    usage_error "'xn dt-overlay' needs ACTION and FILE" "usage: xn dt-overlay [OPTION]... ACTION FILE [DOMAIN]" \
        dt-overlay
    usage_error "ACTION: 'delete' is not one of add, remove, attach" "" dt-overlay delete x.dtbo
    usage_error "attach needs DOMAIN" "" dt-overlay attach x.dtbo
    usage_error "add takes no domain, but 'web' was given" "" dt-overlay add x.dtbo web
    usage_error "too many arguments: 'db'" "see 'xn dt-overlay --help'" dt-overlay attach x.dtbo web db
}

@test "dt-overlay: no Xen" {
    no_xen dt-overlay add x.dtbo
    no_xen dt-overlay attach x.dtbo web
    json_error 4 no-xen dt-overlay --json remove x.dtbo
}
