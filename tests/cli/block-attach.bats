#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn block-attach, without Xen.
load helper

@test "block-attach: help" {
    help_works block-attach
}

@test "block-attach: unknown options" {
    local usage="usage: xn block-attach [OPTION]... DOMAIN DISK..."
    bad_options block-attach
    bad_formats block-attach
    usage_error "'xn block-attach' needs DOMAIN and DISK" "$usage" block-attach
    usage_error "'xn block-attach' needs DISK" "$usage" block-attach web
}

# bad_disk MESSAGE WORDS...: refused before a host is looked for, with the place.
bad_disk() {
    local message=$1
    shift
    xn block-attach web "$@"
    status_is 2 && equal stdout "$output" "" &&
        equal "first line" "${stderr%%$'\n'*}" "xn: block-attach: $message"
}

@test "block-attach: disks that are none" {
    bad_disk "disk:1:4: 'foo' is no value of 'format'; expected one of raw, qcow, qcow2, vhd, qed" /a,foo,xvdb
    bad_disk "disk:1:1: this 'disk' has no 'vdev'; add vdev=xvda" /a,raw
    bad_disk "disk:1:8: 'first' is no name of a disk; names are xvda, hda to hdd, sda to sdp or d0p1, and may have the number of a partition" /a,raw,first
    bad_disk "disk:1:8: '/dev/xvdb' is no name of a disk; did you mean 'xvdb'?" /a,raw,/dev/xvdb
    bad_disk "disk:1:12: 'disk' has no part 'acess'; did you mean 'access'?" vdev=xvdb, acess=r target=/a
    usage_error "DISK: empty word for a device" "" block-attach web ''
}

@test "block-attach: words that name no domain" {
    bad_domains block-attach /a,raw,xvdb
}

@test "block-attach: no Xen" {
    no_xen block-attach web /dev/vg/data,raw,xvdb,rw
    no_xen block-attach web /dev/vg/data,raw,xvdb,w!
    no_xen block-attach web /dev/vg/data raw xvdb r
    no_xen block-attach web target=/a,b:c vdev=51728 format=qcow2 --timeout 5s
    no_xen block-attach web script=block-iscsi vdev=xvdb target=iqn=iqn.2026-01.net.example:a,portal=192.0.2.1:3260
    no_xen block-attach web phy:/dev/vg/data,xvdb,w --dry-run
    json_error 4 no-xen block-attach web /a,raw,xvdb --json
}

@test "block-attach: completion" {
    xn __complete block-attach web /a vde
    status_is 0
    equal candidates "$output" vdev=
    xn __complete block-attach web /a backendtype=q
    equal "words of a part" "$output" backendtype=qdisk
    xn __complete block-attach web ''
    equal "files come first" "${output%%$'\n'*}" :files
    equal "how often" "$(grep -c : <<< "$output")" 1
    xn __complete block-attach web /a raw cdro
    equal "a part without a value" "$output" cdrom
}
