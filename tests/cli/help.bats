#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn help, without Xen.
load helper

@test "help: help" {
    help_works help
}

@test "help: the overview" {
    xn help
    status_is 0
    equal stderr "$stderr" ""
    has "first line" "${output%%$'\n'*}" '^Usage: xn \[OPTION\]\.\.\. COMMAND '
    lacks overview "$output" '.{81}'
    lacks overview "$output" '__complete'
    local overview=$output
    xn --help
    status_is 0
    equal --help "$output" "$overview"
    xn -h
    equal -h "$output" "$overview"
}

@test "help: every command is in the overview" {
    local command summary
    xn help --json
    status_is 0
    local commands=$output overview
    xn help
    # A long summary goes on in the next line.
    output=$(sed -E ':a; N; $!ba; s/\n {5,}/ /g' <<< "$output")
    # A summary that is too wide goes on in the next line.
    local overview
    overview=$(awk '/^     +[^ ]/ { sub(/^ +/, " "); printf "%s", $0; next } { printf "%s%s", (NR > 1 ? "\n" : ""), $0 }' <<< "$output")
    # Long summaries go on in the next line.
    overview=$(sed -zE 's/\n {8,}/ /g' <<< "$output")
    # A summary that is too wide goes on in the next line.
    local overview
    overview=$(awk '/^     +[^ ]/ { sub(/^ +/, " "); printf "%s", $0; next } { printf "%s%s", (NR > 1 ? "\n" : ""), $0 }' <<< "$output")
    while IFS=$'\t' read -r command summary; do
        has overview "$overview" "^  $command +$summary\$"
    done < <(jq -r '.commands[] | [.name, .summary] | @tsv' <<< "$commands")
}

@test "help: JSON of one command" {
    xn help --json pause
    status_is 0
    equal name "$(jq -r '.commands[].name' <<< "$output")" pause
    xn help pause --format=json
    equal name "$(jq -r '.commands[].name' <<< "$output")" pause
}

@test "help: usage errors" {
    bad_options help
    bad_formats help
    usage_error "unknown command 'pasue'" "did you mean 'pause'?" help pasue
    usage_error "unknown command 'frobnicate'" "'xn help' lists the commands" help frobnicate
    usage_error "COMMAND: empty command name" "" help ''
    usage_error "too many arguments: 'list'" "see 'xn help --help'" help pause list
    json_error 2 usage help --json frobnicate
}
