#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn set-parameters, without Xen.
load helper

@test "set-parameters: help" {
    help_works set-parameters
}

@test "set-parameters: unknown options" {
    bad_options set-parameters
    bad_formats set-parameters
}

@test "set-parameters: parameters" {
    usage_error "'xn set-parameters' needs PARAMETER" "usage: xn set-parameters [OPTION]... PARAMETER..." \
        set-parameters
    usage_error "PARAMETER: empty" "write it as NAME=VALUE" set-parameters ' '
    usage_error "PARAMETER: '=128' has no name in front of the '='" "" set-parameters 'a=1 =128'
}

@test "set-parameters: no Xen" {
    no_xen set-parameters gnttab_max_frames=128
    no_xen set-parameters 'a=1 no-b' c
    json_error 4 no-xen set-parameters --json a=1
}
