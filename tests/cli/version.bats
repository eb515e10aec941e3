#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn version, without Xen.
load helper

@test "version: help" {
    help_works version
}

@test "version: text" {
    xn version
    status_is 0
    equal stderr "$stderr" ""
    has "first line" "${output%%$'\n'*}" '^xn [0-9]+\.[0-9]+\.[0-9]+$'
    has "second line" "${output#*$'\n'}" '^built for Xen 4\.[0-9]+'
    equal "number of lines" "$(wc -l <<< "$output")" 2
}

@test "version: --version says the same" {
    xn version
    local first=${output%%$'\n'*}
    xn --version
    status_is 0
    equal --version "$output" "$first"
}

@test "version: JSON" {
    xn version
    local text=$output
    xn version --json
    status_is 0
    equal text "$(jq -r '"xn " + .version + "\nbuilt for Xen " + .built_for_xen' <<< "$output")" "$text"
    equal schema "$(jq .schema_version <<< "$output")" 1
    local json=$output
    xn version --format=json
    equal --format=json "$output" "$json"
}

@test "version: usage errors" {
    bad_options version
    bad_formats version
    usage_error "too many arguments: 'x'" "see 'xn version --help'" version x
}
