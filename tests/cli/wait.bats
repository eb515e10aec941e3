#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn wait, without Xen.
load helper

FOR=(--for running)

@test "wait: help" {
    help_works wait
}

@test "wait: unknown options" {
    bad_options wait
    bad_formats wait
    usage_error "unknown option '--time-out'" "did you mean '--timeout'?" wait --time-out 5s web
}

@test "wait: what for" {
    local hint="say what to wait for: --for running, booted, shutdown or destroyed"
    usage_error "--for is missing" "$hint" wait web
    usage_error "--for is missing" "$hint" wait web --timeout 5s
    usage_error "option '--for' needs a value" "write it as --for=GOAL" wait web --for
    usage_error "option '--for': 'boot' is not one of running, booted, shutdown, destroyed" \
        "did you mean 'booted'?" wait web --for boot
    usage_error "option '--for': '' is not one of running, booted, shutdown, destroyed" "" \
        wait web --for=
}

@test "wait: durations" {
    local word
    for word in 5x '' -1 1.5s; do
        usage_error "option '--timeout': '$word' is not a duration" \
            "write it as 30s, 500ms, 2m or 1h30m" wait "${FOR[@]}" --timeout "$word" web
    done
}

@test "wait: a domain is needed" {
    usage_error "'xn wait' needs DOMAIN" "usage: xn wait [OPTION]... DOMAIN..." wait
    usage_error "'xn wait' needs DOMAIN" "usage: xn wait [OPTION]... DOMAIN..." wait "${FOR[@]}"
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" \
        wait "${FOR[@]}" web ''
}

@test "wait: words that name no domain" {
    local word
    for word in +1 4294967296 99999999999999999999 32752 domid: domid:x domid:-1 -1; do
        has_domain_error "'$word' is not a domain number" wait "${FOR[@]}" -- "$word"
        has_domain_error "'$word' is not a domain number" wait "${FOR[@]}" -- web "$word"
    done
    has_domain_error "'x' is not a UUID" wait "${FOR[@]}" uuid:x
    has_domain_error "empty domain name" wait "${FOR[@]}" name:
}

@test "wait: no Xen is not gone" {
    local goal
    for goal in running booted shutdown destroyed; do
        no_xen wait web db --for "$goal"
        no_xen wait 7 --for="$goal" --timeout 0
    done
    json_error 4 no-xen wait web --for destroyed --json
}

@test "wait: usage errors as JSON" {
    json_error 2 usage wait --json
    json_error 2 usage wait --json web
    json_error 2 usage wait --json web --for nothing
}

@test "wait: completion" {
    xn __complete wait web --for ''
    equal goals "${output//$'\n'/ }" "running booted shutdown destroyed"
    xn __complete wait --for=b
    equal goals "$output" "--for=booted"
}
