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
    # It needs no Xen to do it: see tests/cli/cache.bats.
    [ "$*" != "cache clear" ] || return 0
    # They find something in files that are not there, or that only root can read.
    [[ $1 != @(cache|check|restore) ]] || also=1
    xn "$@"
    case $status in
    0 | 4 | "$also") ;;
    *) wrong "'xn $line' ends with status $status: $stderr" ;;
    esac
    [[ $1 = restore || $NEED_XEN != *" $1 "* ]] || [ "$status" = 4 ] || all_of "the status of 'xn $line'" 4 "$status"
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
        xn create -n --strict "$file"
        all_of "what 'xn create -n --strict $file' says" "" "$stderr"
        all_of "the status of 'xn create -n --strict $file'" 0 "$status"
    done
    all_was_well
}

@test "examples: the configuration files say what they are, and their names and cards differ" {
    local file name macs
    for file in "$ROOT"/examples/*.cfg; do
        name=$(basename "$file")
        [ "$(sed -n 2p "$file" | cut -c 1-2)" = "# " ] || wrong "$name: the second line says what it is for"
        grep -q "^#   xn create .*$name" "$file" || wrong "$name: its head does not say how to start it"
        grep -qE '^#   (xn console|xn create -c|.*vncviewer) ' "$file" ||
            wrong "$name: its head does not say how to reach it"
    done
    all_of "names that stand twice" "" "$(grep -hE '^name ' "$ROOT"/examples/*.cfg | sed 's/.*= *//' | sort | uniq -d)"
    # install.cfg and pvh-grub.cfg are one guest, before and after.
    macs=$(grep -hoE '^[^#]*mac=[0-9a-f:]+' "$ROOT"/examples/*.cfg | grep -oE '([0-9a-f]{2}:){5}[0-9a-f]{2}' | sort | uniq -d)
    all_of "MAC addresses that stand twice" "00:16:3e:00:00:02" "$macs"
    all_was_well
}

@test "examples: the README of the configuration files lists each of them once" {
    diff <(sed -nE 's/^\| \[([^]]*)\]\(\1\) \| .+ \|$/\1/p' "$ROOT/examples/README.md" | sort) \
        <(cd "$ROOT/examples" && printf '%s\n' *.cfg | sort)
}

@test "examples: each configuration file is named in the test that starts them" {
    local file
    for file in "$ROOT"/examples/*.cfg; do
        file=$(basename "$file" .cfg)
        grep -qE "(^| )$file( |:|\$)" "$ROOT/tests/xen/long/examples.test" || wrong "$file: neither started nor excused there"
    done
    all_was_well
}
