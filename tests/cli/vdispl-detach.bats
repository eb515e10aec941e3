#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vdispl-detach, without Xen.
load helper

@test "vdispl-detach: help" {
    help_works vdispl-detach
}

@test "vdispl-detach: unknown options" {
    bad_options vdispl-detach
    bad_formats vdispl-detach
}

@test "vdispl-detach: two words are needed" {
    local usage="usage: xn vdispl-detach [OPTION]... DOMAIN DEVID"
    usage_error "'xn vdispl-detach' needs DOMAIN and DEVID" "$usage" vdispl-detach
    usage_error "'xn vdispl-detach' needs DEVID" "$usage" vdispl-detach web
    usage_error "too many arguments: 'x'" "see 'xn vdispl-detach --help'" vdispl-detach web 0 x
}

@test "vdispl-detach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vdispl-detach '' 0
    bad_domains vdispl-detach 0
}

@test "vdispl-detach: words that name no device" {
    local word hint="give a whole number from 0 on; 'xn vdispl-list' shows them"
    for word in x 1x 0x1 +1 4294967296 1.5; do
        usage_error "DEVID: '$word' is not the number of a vdispl" "$hint" vdispl-detach web "$word" || return
    done
    usage_error "DEVID: '-1' is not the number of a vdispl" "$hint" vdispl-detach -- web -1
    usage_error "DEVID: empty word for a device" "" vdispl-detach web ''
}

@test "vdispl-detach: no Xen" {
    no_xen vdispl-detach web 0
    no_xen vdispl-detach -f web 0 --timeout 5s
    json_error 4 no-xen vdispl-detach web 0 --json
}

@test "vdispl-detach: there is no dry run" {
    fails 2 "'xn vdispl-detach' has no dry run" "" -N vdispl-detach web 0
}

@test "vdispl-detach: usage errors as JSON" {
    json_error 2 usage vdispl-detach --json web
}
