#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vtpm-attach, without Xen.
load helper

@test "vtpm-attach: help" {
    help_works vtpm-attach
}

@test "vtpm-attach: unknown options" {
    bad_options vtpm-attach
    bad_formats vtpm-attach
}

@test "vtpm-attach: a domain is needed" {
    usage_error "'xn vtpm-attach' needs DOMAIN" "usage: xn vtpm-attach [OPTION]... DOMAIN [PART]..." vtpm-attach
}

@test "vtpm-attach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vtpm-attach '' backend=stub
    bad_domains vtpm-attach backend=stub
}

@test "vtpm-attach: parts that cannot be understood" {
    bad_part "vtpm:1:6: 'x' is no value of 'uuid'; expected a UUID" \
        vtpm-attach web uuid=x
    bad_part "vtpm:1:1: 'vtpm' has no part 'backnd'; did you mean 'backend'?" \
        vtpm-attach web backnd=stub
}

@test "vtpm-attach: times" {
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        vtpm-attach web backend=stub --timeout soon
}

@test "vtpm-attach: completion" {
    xn __complete vtpm-attach web ''
    status_is 0
    equal words "${output//$'\n'/ }" "backend= uuid="
    xn __complete vtpm-attach web backend=a ''
    status_is 0
    equal words "${output//$'\n'/ }" "uuid="
}

@test "vtpm-attach: no Xen" {
    no_xen vtpm-attach web backend=stub
    no_xen vtpm-attach --timeout 5s web backend=stub
    no_xen vtpm-attach -n web backend=stub
    json_error 4 no-xen vtpm-attach web backend=stub --json
    no_xen vtpm-attach web
}

@test "vtpm-attach: a dry run is understood before the command, too" {
    skip_with_xen
    xn -N vtpm-attach web backend=stub
    status_is 4
}

@test "vtpm-attach: usage errors as JSON" {
    json_error 2 usage vtpm-attach --json
}
