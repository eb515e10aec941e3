#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn shutdown, without Xen.
load helper

@test "shutdown: help" {
    help_works shutdown
}

@test "shutdown: unknown options" {
    bad_options shutdown
    bad_formats shutdown
    usage_error "unknown option '--time-out'" "did you mean '--timeout'?" shutdown --time-out 5s web
    usage_error "option '--f' is ambiguous between '--force', '--format'" "" shutdown --f web
    usage_error "unknown option '-x' in '-wwx'" "see 'xn shutdown --help'" shutdown -wwx web
}

@test "shutdown: durations" {
    local word hint="write it as 30s, 500ms, 2m or 1h30m"
    for word in 5x '' -1 +1 1e3 1.5s 's' '5 s' 99999999999999999999 99999999999999999999d; do
        usage_error "option '--timeout': '$word' is not a duration" "$hint" \
            shutdown --timeout "$word" web
    done
    usage_error "option '--timeout' needs a value" "write it as --timeout=TIME" shutdown web --timeout
}

@test "shutdown: good durations are accepted" {
    local word
    for word in 0 1 30s 500ms 2m 1h30m 3d; do
        no_xen shutdown --timeout "$word" web
    done
}

@test "shutdown: a domain or --all, not both" {
    usage_error "no domain is named" "name one or more domains, or use --all" shutdown
    usage_error "--all and 'web' exclude each other" "name the domains, or use --all alone" \
        shutdown -wwFa web
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" shutdown ''
}

@test "shutdown: force needs a timeout" {
    usage_error "--force needs --timeout" "say how long the guests may take: --timeout 60s --force; \
'xn destroy' does not ask them at all" shutdown --force web
}

@test "shutdown: words that name no domain" {
    bad_domains shutdown
}

@test "shutdown: no Xen" {
    no_xen shutdown web
    no_xen shutdown -a -ww -F --timeout 1s --force
    json_error 4 no-xen shutdown web --json
}

@test "shutdown: usage errors as JSON" {
    json_error 2 usage shutdown --json
    json_error 2 usage shutdown --json --force web
    json_error 2 usage shutdown --json --timeout 5x web
}
