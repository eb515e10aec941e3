#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn qemu-monitor-command, without Xen.
load helper

@test "qemu-monitor-command: help" {
    help_works qemu-monitor-command
}

@test "qemu-monitor-command: unknown options" {
    bad_options qemu-monitor-command
    bad_formats qemu-monitor-command
}

@test "qemu-monitor-command: two words are needed" {
    local usage="usage: xn qemu-monitor-command [OPTION]... DOMAIN COMMAND"
    usage_error "'xn qemu-monitor-command' needs DOMAIN and COMMAND" "$usage" qemu-monitor-command
    usage_error "'xn qemu-monitor-command' needs COMMAND" "$usage" qemu-monitor-command web
    usage_error "too many arguments: 'block'" "see 'xn qemu-monitor-command --help'" qemu-monitor-command web info block
}

@test "qemu-monitor-command: one line" {
    local hint="'help' lists what it knows"
    usage_error "COMMAND: '' is not one line for QEMU's monitor" "$hint" qemu-monitor-command web ''
    usage_error "COMMAND: ' ' is not one line for QEMU's monitor" "$hint" qemu-monitor-command web ' '
    usage_error "COMMAND: 'a\\x0ab' is not one line for QEMU's monitor" "$hint" qemu-monitor-command web $'a\nb'
}

@test "qemu-monitor-command: words that name no domain" {
    bad_domains qemu-monitor-command help
}

@test "qemu-monitor-command: no Xen" {
    no_xen qemu-monitor-command web 'info block'
    json_error 4 no-xen qemu-monitor-command web help --json
}

@test "qemu-monitor-command: usage errors as JSON" {
    json_error 2 usage qemu-monitor-command --json web
}
