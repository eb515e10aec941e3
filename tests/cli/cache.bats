#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cache. What it does with files is tried on a folder of the test's own, in a namespace.
load helper

ONE=2bcb11f9041fceceddccc9e07314ea60a8505e185f54d7c7d77b5a37b9936e26
TWO=b6589fc6ab0dc82cf12099d1c2d40ab994e8410c93e2a5b0d5fb6a7c1f0e4d31

# keep NAME BYTES TIME: a kernel.
keep() {
    mkdir -p -m 700 "$KERNELS"
    head -c "$2" /dev/zero > "$KERNELS/$1"
    chmod 600 "$KERNELS/$1"
    touch -d "$3" "$KERNELS/$1"
}

# need_namespace: the cache then is below $BATS_TEST_TMPDIR; without a namespace the test is skipped.
need_namespace() {
    local place
    place=$("$XN" cache --help | grep -oE '/[^ ]*/kernels')
    ABOVE=$(dirname "$(dirname "$place")")
    [ -d "$ABOVE" ] || skip "there is no $ABOVE"
    mkdir "$BATS_TEST_TMPDIR/above"
    KERNELS=$BATS_TEST_TMPDIR/above/$(basename "$(dirname "$place")")/kernels
    umask 022
    in_namespace true
    [ "$status" = 0 ] || skip "no namespaces here"
}

in_namespace() {
    # shellcheck disable=SC2016 # for sh
    call unshare -r -m sh -ec 'mount --bind "$1" "$2"; shift 2; exec "$@"' - "$BATS_TEST_TMPDIR/above" "$ABOVE" "$@"
}

cache() {
    in_namespace "$XN" cache "$@"
}

@test "cache: help" {
    help_works cache
}

@test "cache: wrong usage" {
    bad_options cache
    usage_error "ACTION: 'claer' is not one of list, clear" "did you mean 'clear'?" cache claer
    usage_error "ACTION: 'frobnicate' is not one of list, clear" "" cache frobnicate
    usage_error "too many arguments: 'all'" "see 'xn cache --help'" cache clear all
    usage_error "columns and the like are for 'list'" "" cache clear --csv
    usage_error "columns and the like are for 'list'" "" cache clear --sort name
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" cache --columns nmae
    json_error 2 usage cache claer --json
}

@test "cache: nothing is kept" {
    need_namespace
    cache
    status_is 0
    equal stdout "$output" "NAME SIZE USED"
    equal stderr "$stderr" ""
    cache list --json
    status_is 0
    equal kernels "$(jq -c .kernels <<< "$output")" "[]"
    cache clear
    status_is 0
    equal stdout "$output" ""
    equal stderr "$stderr" ""
}

@test "cache: the list, those used last first" {
    need_namespace
    keep $ONE 100 2026-11-22T18:04:05Z
    keep $TWO 20 2026-11-23T06:00:00Z
    cache --csv
    status_is 0
    equal rows "$output" $'name,size_bytes,used\n'"$TWO"$',20,2026-11-23T06:00:00Z\n'"$ONE,100,2026-11-22T18:04:05Z"
    cache list --json --sort size_bytes --filter 'size_bytes>50'
    status_is 0
    equal rows "$(jq -c '.kernels' <<< "$output")" \
        '[{"name":"'$ONE'","size_bytes":100,"used":"2026-11-22T18:04:05Z","used_s":1795370645}]'
}

@test "cache: it is emptied" {
    need_namespace
    keep $ONE 100 2026-11-22T18:04:05Z
    keep $TWO 20 2026-11-23T06:00:00Z
    cache clear
    status_is 0
    equal stdout "$output" ""
    equal stderr "$stderr" ""
    equal files "$(ls -A "$KERNELS")" ""
    keep $ONE 100 2026-11-22T18:04:05Z
    cache clear --json
    status_is 0
    equal result "$(jq -c '.results[] | [.domain, .action, .result, .error]' <<< "$output")" '["clear","cache","done",null]'
    equal files "$(ls -A "$KERNELS")" ""
}

@test "cache: a folder that others can write to is left alone" {
    need_namespace
    keep $ONE 100 2026-11-22T18:04:05Z
    chmod 777 "$KERNELS"
    local verb
    for verb in list clear; do
        cache $verb
        status_is 1
        equal stdout "$output" ""
        has message "$stderr" "^xn: cache: others than its owner can write to '.*/kernels'\$"
        has hint "$stderr" "^hint: remove it; it is made anew when it is needed\$"
    done
    [ -e "$KERNELS/$ONE" ]
    cache clear --json
    status_is 1
    equal code "$(jq -r '.results[0].error_code' <<< "$output")" refused
}

@test "cache: completion" {
    xn __complete -- cache ''
    equal actions "$output" $'list\nclear'
    xn __complete -- cache cl
    equal actions "$output" clear
    xn __complete -- cache --columns used
    has columns "$output" '^used$'
}
