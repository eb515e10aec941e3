#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn block-detach, without Xen.
load helper

@test "block-detach: help" {
    help_works block-detach
}

@test "block-detach: wrong usage" {
    local usage="usage: xn block-detach [OPTION]... DOMAIN VDEV"
    bad_options block-detach
    bad_formats block-detach
    usage_error "'xn block-detach' needs DOMAIN and VDEV" "$usage" block-detach
    usage_error "'xn block-detach' needs VDEV" "$usage" block-detach web
    usage_error "VDEV: empty word for a device" "" block-detach web ''
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        block-detach web xvdb --timeout soon
}

@test "block-detach: names that no disk has" {
    local hint="names are xvda, hda, sda or a number such as 51712"
    usage_error "'disk' is no name of a disk" "$hint" block-detach web disk
    usage_error "'-1' is no name of a disk" "$hint" block-detach -- web -1
    usage_error "'/dev/xvdb' is no name of a disk" "did you mean 'xvdb'?" block-detach web /dev/xvdb
}

@test "block-detach: words that name no domain" {
    bad_domains block-detach xvdb
}

@test "block-detach: no Xen" {
    no_xen block-detach web xvdb
    no_xen block-detach -f web 51728
    no_xen block-detach web xvdb --timeout 5m -n
    json_error 4 no-xen block-detach web xvdb --json
}
