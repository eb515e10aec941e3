#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn format: a configuration, written clean.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf 'kernel="/boot/vmlinuz"; memory=512 # much\ntype = '\''pvh'\''\nname = "web"\n' > web.cfg
}

CLEAN='# General
name = "web"
type = "pvh"

# Memory
memory = 512

# Booting
kernel = "/boot/vmlinuz"'

# formats TEXT WORDS...: 'xn format WORDS...' prints exactly this, and nothing on stderr.
formats() {
    local text=$1
    shift
    xn format "$@"
    status_is 0 && equal stdout "$output" "$text" && equal stderr "$stderr" ""
}

# line KEY WORDS...: what web.cfg and WORDS give for this key.
line() {
    local key=$1
    shift
    xn format -q web.cfg "$@"
    status_is 0 && grep "^$key = " <<< "$output"
}

# json WORDS...: the configuration of 'xn create -n', without what is made anew each time.
json() {
    "$XN" create -n -q "$@" | jq -S 'del(.c_info.uuid, .b_info."type.hvm".ms_vm_genid)'
}

@test "format: help" {
    help_works format
}

@test "format: wrong usage" {
    bad_options format
    bad_formats format
    local hint="format takes one; settings are written as key=value"
    usage_error "'xn format' needs FILE|KEY=VALUE" "usage: xn format [OPTION]... FILE|KEY=VALUE..." format
    usage_error "no configuration file is named" \
        "name one, or /dev/null to give everything as key=value" format memory=64
    usage_error "two configuration files: 'a.cfg' and 'b.cfg'" "$hint" format a.cfg b.cfg
    usage_error "FILE|KEY=VALUE: empty file name" "" format ''
    usage_error "unknown option '--csv'" "see 'xn format --help'" format --csv web.cfg
    json_error 2 usage format --json
    json_error 2 usage format --json --defaults web.cfg
}

@test "format: a tidy file" {
    formats "$CLEAN" web.cfg
    formats "$CLEAN" --format=table web.cfg
    formats "${CLEAN/512/64}" web.cfg memory=64
    formats "${CLEAN/512/64}" memory=64 web.cfg
    formats "$CLEAN" /dev/null 'name="web"' 'type="pvh"' memory=512 'kernel="/boot/vmlinuz"'
}

@test "format: every key once, with its last value" {
    equal "set twice" "$(line memory memory=64 memory=65)" "memory = 65"
    equal "a list that grew" "$(line disk 'disk=["/a,raw,xvda"]' 'disk+=["/b,raw,xvdb"]')" \
        'disk = [ "/a,raw,xvda", "/b,raw,xvdb" ]'
    equal "text that grew" "$(line extra 'extra="a"' 'extra+=" b"')" 'extra = "a b"'
}

@test "format: values" {
    equal "single quotes" "$(line extra "extra='a'")" 'extra = "a"'
    equal "signs" "$(line extra 'extra="a\"b\\c\td\x01"')" 'extra = "a\"b\\c\td\x01"'
    equal "hexadecimal" "$(line vcpus vcpus=0x4)" 'vcpus = 0x4'
    equal "a number in quotes" "$(line vcpus 'vcpus="4"')" 'vcpus = 4'
    equal "a negative number" "$(line rtc_timeoffset 'rtc_timeoffset="-3600"')" 'rtc_timeoffset = "-3600"'
    equal "the access w!" "$(line disk 'disk=["/a,raw,xvda,w!"]')" 'disk = [ "/a,raw,xvda,w!" ]'
    equal "lists in lists" "$(line vnuma \
        'vnuma=[["pnode=0","size=512","vcpus=0","vdistances=10"]]')" \
        'vnuma = [ [ "pnode=0", "size=512", "vcpus=0", "vdistances=10" ] ]'
}

@test "format: a long list has a line for each item" {
    local first second
    first="/dev/a-rather-long-volume-group/root,raw,xvda,w"
    second="/dev/a-rather-long-volume-group/home,raw,xvdb,w"
    xn format web.cfg "disk=[\"$first\",\"$second\"]"
    status_is 0
    equal "the list" "$(sed -n '/^disk/,/^\]/p' <<< "$output")" "disk = [
    \"$first\",
    \"$second\",
]"
}

@test "format: what has no effect is left out, and told" {
    xn format web.cfg vnc=1 memroy=64 'vif2=[""]'
    status_is 0
    equal stdout "$output" "$CLEAN"
    equal stderr "$(grep -c '^xn: format: argument [123]:1:1: warning: ' <<< "$stderr")" 3
    formats "$CLEAN" -q web.cfg vnc=1 memroy=64 'vif2=[""]'
}

@test "format: deprecated keys stay" {
    xn format -q /dev/null 'builder="hvm"' 'name="a"'
    status_is 0
    has stdout "$output" '^builder = "hvm"$'
}

@test "format: what it prints describes the same guest, and is clean" {
    local file count=0
    for file in web.cfg "$ROOT"/examples/*.cfg; do
        "$XN" format -q "$file" > clean.cfg
        equal "the guest of $file" "$(json clean.cfg)" "$(json "$file")"
        "$XN" format -q clean.cfg | diff clean.cfg -
        count=$((count + 1))
    done
    [ $count -gt 1 ]
}

@test "format: keys for Arm have no effect here" {
    equal device_tree "$(line device_tree 'device_tree="/boot/guest.dtb"')" ''
}

@test "format: defaults" {
    xn format --defaults web.cfg
    status_is 0
    equal stderr "$stderr" ""
    has stdout "$output" '^# on_crash: destroy$'
    has stdout "$output" '^memory = 512$'
    lacks stdout "$output" '^# memory:'
    lacks "keys of other guests" "$output" '^# (vga|bios):'
    # They are comments: nothing changes.
    printf '%s\n' "$output" > defaults.cfg
    formats "$CLEAN" defaults.cfg
}

@test "format: wrong configurations are not printed" {
    xn format web.cfg memory=
    status_is 1
    equal stdout "$output" ""
    equal "first line" "${stderr%%$'\n'*}" "xn: format: argument 1:1:8: expected a value, not the end"
    xn format --strict web.cfg memroy=64
    status_is 1
    equal stdout "$output" ""
    fails 1 "format: cannot open 'missing.cfg': No such file or directory" "" format missing.cfg
    json_error 1 file format --json missing.cfg
}

@test "format: as JSON, that of create" {
    xn format --json web.cfg
    status_is 0
    equal stderr "$stderr" ""
    equal stdout "$(jq -S 'del(.c_info.uuid)' <<< "$output")" "$(json web.cfg)"
}

@test "format: warnings and errors are data with --json" {
    xn format --json web.cfg memroy=64
    status_is 0
    equal name "$(jq -r .c_info.name <<< "$output")" web
    equal stderr "$(jq -c '[.schema_version, (.diagnostics[] | [.severity, .code])]' <<< "$stderr")" \
        '[1,["warning","unknown-key"]]'
    xn format --json -q web.cfg memroy=64
    status_is 0
    equal "stderr with -q" "$stderr" ""
    xn format --json web.cfg memroy=64 'vcpus="x"'
    status_is 1
    equal stdout "$output" ""
    equal stderr "$(jq -c '[.diagnostics[]?.code] + [.code]' <<< "$stderr")" \
        '["unknown-key","not-a-number",null]
["config-invalid"]'
}

@test "format: JSON files need libxl and a host" {
    skip_with_xen
    "$XN" create -n web.cfg > web.json
    fails 4 "format: 'web.json' is JSON, which only libxl can read, and only on a host" \
        "run this as root where Xen runs, or use a configuration file" format web.json
    json_error 4 no-xen format --json web.json
    fails 2 "format: 'web.json' is JSON: 'memory=64' cannot change it" "change it in the file" \
        format web.json memory=64
}

# offered WORDS...: the candidates for the last word, one line with blanks.
offered() {
    xn __complete "$@"
    status_is 0 && equal stderr "$stderr" "" && printf '%s' "${output//$'\n'/ }"
}

@test "format: completion of files and settings" {
    equal "the beginning of a key" "$(offered format on_c)" ":files on_crash="
    equal words "$(offered format web.cfg type=pv)" ":files type=pv type=pvh"
    equal formats "$(offered format --format=)" "--format=table --format=json"
}
