#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn run, without Xen. How it reads a configuration is tested with create.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf 'name = "web"\ntype = "pvh"\nmemory = 512\nkernel = "/boot/vmlinuz"\n' > good.cfg
}

@test "run: help" {
    help_works run
}

@test "run: the help has every status" {
    local number
    xn run --help
    for number in 0 11 12 13 14 15 20 21 128; do
        has help "$output" "(^|[ :])$number "
    done
}

@test "run: unknown options" {
    bad_options run
    usage_error "unknown option '--gracee'" "did you mean '--grace'?" run --gracee 5s good.cfg
    usage_error "option '--grace': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        run --grace soon good.cfg
    usage_error "unknown option '--json'" "see 'xn run --help'" run --json good.cfg
    usage_error "option '-f' needs a value" "write it as -f FILE" run -f
}

@test "run: one file" {
    local hint="name one, or /dev/null to give everything as key=value"
    usage_error "no configuration file is named" "$hint" run
    usage_error "no configuration file is named" "$hint" run memory=5
    usage_error "two configuration files: 'a.cfg' and 'b.cfg'" \
        "run takes one; settings are written as key=value" run a.cfg b.cfg
    usage_error "two configuration files: 'a.cfg' and 'b.cfg'" \
        "run takes one; settings are written as key=value" run -f a.cfg b.cfg
}

@test "run: there is no dry run" {
    fails 2 "'xn run' has no dry run" "" -N run good.cfg
}

@test "run: no Xen" {
    no_xen run good.cfg
    no_xen run -q --strict --grace 1m -f good.cfg memory=64
    no_xen run missing.cfg
}

@test "run: completion" {
    xn __complete run mem
    equal candidates "${output//$'\n'/ }" ":files memory="
    xn __complete run --gr
    equal options "$output" "--grace"
}
