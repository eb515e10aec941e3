#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cd-eject, without Xen.
load helper

@test "cd-eject: help" {
    help_works cd-eject
}

@test "cd-eject: wrong usage" {
    local usage="usage: xn cd-eject [OPTION]... DOMAIN VDEV"
    bad_options cd-eject
    bad_formats cd-eject
    usage_error "'xn cd-eject' needs DOMAIN and VDEV" "$usage" cd-eject
    usage_error "too many arguments: '/a.iso'" "see 'xn cd-eject --help'" cd-eject win hdc /a.iso
    usage_error "'cd' is no name of a disk" "names are xvda, hda, sda or a number such as 51712" cd-eject win cd
}

@test "cd-eject: words that name no domain" {
    bad_domains cd-eject hdc
}

@test "cd-eject: no Xen" {
    no_xen cd-eject win hdc
    no_xen cd-eject win hdc --dry-run
    json_error 4 no-xen cd-eject win hdc --json
}
