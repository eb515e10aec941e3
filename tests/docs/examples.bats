#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# The examples in help, manual and README can be parsed, and those of configurations are right.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf 'name = "web"\ntype = "pvh"\nkernel = "/boot/vmlinuz"\nmemory = 512\n' > web.cfg
    NEED_XEN=" $(interface '[.commands[] | select(.needs_host).name] | join(" ")') "
}

# parses LINE [STATUS]: what stands behind 'xn' is no wrong usage. Without Xen a command that needs it
# ends with 4, so nothing can happen here. STATUS may be right, too.
parses() {
    local line=$1 also=${2:-0}
    eval "set -- $line"
    xn "$@"
    case $status in
    0 | 4 | "$also") ;;
    *) wrong "'xn $line' ends with status $status: $stderr" ;;
    esac
    [[ $NEED_XEN != *" $1 "* ]] || [ "$status" = 4 ] || all_of "the status of 'xn $line'" 4 "$status"
}

@test "examples: of --help" {
    skip_with_xen
    local line
    while read -r line; do
        parses "$line"
    done < <(interface '.commands[].examples[].line')
    all_was_well
}

# The part of a command line that is xn's: pipes and what follows are somebody else's.
command_part() {
    sed -E 's/ (\||&&|>|2>).*//; s/;.*//'
}

@test "examples: of the manual" {
    skip_with_xen
    local line count=0
    while read -r line; do
        count=$((count + 1))
        parses "$line"
    done < <(sed -nE 's/^\.Dl [#$] xn //p' "$ROOT"/man/*.[1-9] | grep -v '\$(' | command_part)
    [ $count -gt 20 ]
    all_was_well
}

@test "examples: of the README" {
    skip_with_xen
    local line count=0
    while read -r line; do
        count=$((count + 1))
        # It shows a mistake in a configuration, too.
        parses "$line" 1
    done < <(sed -nE 's/^ {0,4}[#$] xn //p' "$ROOT/README.md" | grep -v '\$(' | command_part)
    [ $count -gt 5 ]
    all_was_well
}

@test "examples: the configuration files" {
    local file
    for file in "$ROOT"/examples/*.cfg; do
        [ -f "$file" ] || skip "there are none"
        xn create -n --strict "$file"
        all_of "what 'xn create -n --strict $file' says" "" "$stderr"
        all_of "the status of 'xn create -n --strict $file'" 0 "$status"
    done
    all_was_well
}
