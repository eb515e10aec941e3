#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn reboot, without Xen.
load helper

@test "reboot: help" {
    help_works reboot
}

@test "reboot: unknown options" {
    bad_options reboot
    bad_formats reboot
}

@test "reboot: options with values" {
    usage_error "option '--timeout': '5x' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        reboot --timeout=5x web
    usage_error "option '--timeout' needs a value" "write it as --timeout=TIME" reboot web --timeout
    usage_error "--force needs --timeout" "say how long the guests may take: --timeout 60s --force; \
'xn destroy' does not ask them at all" reboot --force web
}

@test "reboot: a domain or --all, not both" {
    usage_error "no domain is named" "name one or more domains, or use --all" reboot -w
    usage_error "--all and 'web' exclude each other" "name the domains, or use --all alone" \
        reboot -a web
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" reboot ''
}

@test "reboot: words that name no domain" {
    bad_domains reboot
}

@test "reboot: no Xen" {
    no_xen reboot web
    no_xen reboot -a -w
    json_error 4 no-xen reboot web --json
}

@test "reboot: usage errors as JSON" {
    json_error 2 usage reboot --json
    json_error 2 usage reboot --json -a web
}
