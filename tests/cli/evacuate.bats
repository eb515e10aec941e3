#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn evacuate, without Xen.
load helper

@test "evacuate: help" {
    help_works evacuate
}

@test "evacuate: wrong usage" {
    bad_options evacuate
    bad_formats evacuate
    usage_error "'xn evacuate' needs HOST" "usage: xn evacuate [OPTION]... HOST" evacuate
    usage_error "too many arguments: 'b'" "see 'xn evacuate --help'" evacuate a b
    usage_error "option '--order': 'oldest' is not one of largest, smallest, name" "" \
        evacuate --order oldest host2
}

@test "evacuate: completion" {
    xn __complete -- evacuate --order ''
    status_is 0
    has completion "$output" 'smallest'
}

@test "evacuate: no Xen" {
    no_xen evacuate host2
    no_xen evacuate --dry-run --compress host2
    no_xen evacuate --jobs 2 --keep-going --order name host2
    json_error 4 no-xen evacuate host2 --json
}

@test "evacuate: usage errors as JSON" {
    json_error 2 usage evacuate --json
}
