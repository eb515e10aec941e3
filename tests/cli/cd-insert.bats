#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cd-insert, without Xen.
load helper

@test "cd-insert: help" {
    help_works cd-insert
}

@test "cd-insert: wrong usage" {
    local usage="usage: xn cd-insert [OPTION]... DOMAIN VDEV FILE"
    bad_options cd-insert
    bad_formats cd-insert
    usage_error "'xn cd-insert' needs DOMAIN and VDEV and FILE" "$usage" cd-insert
    usage_error "'xn cd-insert' needs FILE" "$usage" cd-insert win hdc
    usage_error "FILE: empty file name" "" cd-insert win hdc ''
    usage_error "'cd' is no name of a disk" "names are xvda, hda, sda or a number such as 51712" \
        cd-insert win cd /a.iso
}

@test "cd-insert: words that name no domain" {
    bad_domains cd-insert hdc /a.iso
}

@test "cd-insert: no Xen" {
    no_xen cd-insert win hdc /a.iso
    no_xen cd-insert win hdc /a.iso -n
    no_xen cd-insert win hdc /a.iso --timeout 5s
    json_error 4 no-xen cd-insert win hdc /a.iso --json
}

@test "cd-insert: completion" {
    xn __complete cd-insert win hdc ''
    status_is 0
    equal candidates "$output" :files
}
