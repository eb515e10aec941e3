#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn explain: the keys of configurations. What it says of each is compared with xn.cfg(5) in tests/docs.
load helper

ON_CRASH='on_crash - what to do when the guest crashes
  value:      one of destroy, restart, rename-restart, preserve, coredump-destroy, coredump-restart, soft-reset
    destroy           remove the guest
    restart           start it anew
    rename-restart    keep the old one under another name and start it anew
    preserve          keep it as it is, to be looked at
    coredump-destroy  write its memory to a file and remove it
    coredump-restart  write its memory to a file and start it anew
    soft-reset        give it a fresh virtual machine around its memory
  default:    destroy
  guests:     pv, pvh, hvm
  since:      4.1
  libxl:      on_crash
  example:    on_crash = "preserve"'
DISK_FORMAT='disk.format - how the data stands in the target; second without its name
  value:      one of raw, qcow, qcow2, vhd, qed
  default:    raw
  guests:     pv, pvh, hvm
  since:      4.2
  libxl:      format
  example:    format=qcow2'

# explains TEXT WORDS...
explains() {
    local text=$1
    shift
    xn explain "$@"
    status_is 0 && equal stderr "$stderr" "" && equal stdout "$output" "$text"
}

@test "explain: help" {
    help_works explain
}

@test "explain: wrong usage" {
    bad_options explain
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" explain --format xml
    usage_error "option '--columns': unknown column 'mening'" "did you mean 'meaning'?" \
        explain --columns mening
    usage_error "option '--filter': column 'key' holds no numbers to compare with '<'" \
        "use '=' or '!='" explain --filter 'key<5'
}

@test "explain: all keys, in sections" {
    xn explain
    status_is 0
    equal stderr "$stderr" ""
    equal "first lines" "$(head -n 3 <<< "$output")" "General
  name                         the guest's name, unique on the host
  type                         how the guest is virtualised"
    equal "last section" "$(grep '^[A-Z]' <<< "$output" | tail -n 1)" "Arm"
    lacks "keys without effect" "$output" '^  (vif2|vncviewer) '
}

@test "explain: keys and parts" {
    explains "$ON_CRASH" on_crash
    explains "$DISK_FORMAT" disk.format
    explains "$DISK_FORMAT"$'\n\n'"$ON_CRASH" disk.format on_crash
    xn explain disk
    status_is 0
    has stdout "$output" "^  parts, each explained by 'xn explain disk\.PART':\$"
    has stdout "$output" '^    format +how the data stands in the target; second without its name$'
}

@test "explain: old keys say what to use instead" {
    xn explain builder
    status_is 0
    has stdout "$output" "^  deprecated: use 'type'\$"
    xn explain vif2
    status_is 0
    has stdout "$output" "^  deprecated: it has no effect; use 'vif'\$"
    xn explain slice
    status_is 0
    has stdout "$output" "^  note: +it belongs to the sedf scheduler, which is gone from Xen\$"
}

@test "explain: unknown keys and parts" {
    usage_error "there is no key 'memroy'" "did you mean 'memory'?" explain memroy
    usage_error "there is no key 'zzzzzz'" "'xn explain' lists them all" explain zzzzzz
    usage_error "there is no key 'mac'" "'vif' has a part of this name: xn explain vif.mac" explain mac
    usage_error "there is no key 'zzzzzz'" "'xn explain' lists them all" explain zzzzzz.mac
    usage_error "'disk' has no part 'frmat'" "did you mean 'disk.format'?" explain disk.frmat
    usage_error "'disk' has no part 'zzzzz'" "'xn explain disk' names its parts" explain disk.zzzzz
    usage_error "'disk' has no part ''" "'xn explain disk' names its parts" explain disk.
    usage_error "KEY: empty key" "" explain ''
    json_error 2 usage explain --json memroy
    # Nothing is printed when one of several is unknown.
    usage_error "there is no key 'memroy'" "did you mean 'memory'?" explain on_crash memroy
}

@test "explain: as JSON" {
    xn explain --json on_crash
    status_is 0
    equal stderr "$stderr" ""
    equal stdout "$(jq -c . <<< "$output")" '{"schema_version":1,"keys":[{"key":"on_crash","section":"Events",'\
'"meaning":"what to do when the guest crashes","value":"one of destroy, restart, rename-restart, preserve, '\
'coredump-destroy, coredump-restart, soft-reset","default":"destroy","guests":"pv, pvh, hvm","since":"4.1",'\
'"deprecated":null,"note":null,"available":true,"field":"on_crash","example":"on_crash = \"preserve\""}]}'
    xn explain --json disk
    status_is 0
    equal "a key and its parts" "$(jq -r '[.keys[:3][].key] | join(" ")' <<< "$output")" \
        "disk disk.target disk.format"
    xn explain --json disk.format
    status_is 0
    equal "a part alone" "$(jq -r '.keys[].key' <<< "$output")" disk.format
    xn explain --json
    status_is 0
    equal "each key once" "$(jq -r '.keys[].key' <<< "$output" | sort | uniq -d)" ""
}

@test "explain: parts are for the guests of their key" {
    xn explain --json vga pci pci.permissive device_tree
    status_is 0
    equal guests "$(jq -r '.keys[] | select(.key | test("^(vga|pci|pci.permissive|device_tree)$")) |
        .key + " " + .guests' <<< "$output" | sort -u)" "device_tree arm
pci pv, hvm
pci.permissive pv, hvm
vga hvm"
}

@test "explain: what this build cannot honour" {
    xn explain --json
    status_is 0
    jq -e '.keys | all(.available | type == "boolean")' <<< "$output"
    local key
    key=$(jq -r 'first(.keys[] | select(.available | not).key)' <<< "$output")
    [ -n "$key" ] || skip "this build honours all keys"
    xn explain "$key"
    status_is 0
    has stdout "$output" '^  here: +this xn was built for an older Xen and refuses it$'
}

@test "explain: as CSV, columns, sorting, filters" {
    explains "key,meaning
on_crash,what to do when the guest crashes" --csv --columns key,meaning on_crash
    explains "KEY         SECTION
on_crash    Events
disk.format Disks" --columns key,section on_crash disk.format
    explains $'disk.format\non_crash' --columns key --sort key --no-header on_crash disk.format
    xn explain --columns key --no-header --filter section=Memory
    status_is 0
    equal "a section" "${output//$'\n'/ }" \
        "memory maxmem shadow_memory max_grant_frames max_maptrack_frames max_grant_version"
}

@test "explain: the default columns" {
    explains "key,value,default,guests,meaning
memory,a number of MiB,\"as maxmem, else 32\",\"pv, pvh, hvm\",the guest's memory at start" --csv memory
}

@test "explain: the column default" {
    explains $'KEY    DEFAULT\nmemory as maxmem, else 32' --columns key,default memory
}

# offered WORDS...: the candidates for the last word, one line with blanks.
offered() {
    xn __complete "$@"
    status_is 0 && equal stderr "$stderr" "" && printf '%s' "${output//$'\n'/ }"
}

@test "explain: completion of keys and parts" {
    equal keys "$(offered explain on_)" "on_poweroff on_reboot on_watchdog on_crash on_soft_reset"
    equal "the second key" "$(offered explain memory maxm)" "maxmem"
    equal parts "$(offered explain disk.a)" "disk.access disk.active-disk"
    equal "parts of nothing" "$(offered explain nosuch.)" ""
    equal "parts of a simple key" "$(offered explain memory.)" ""
    has "all keys" "$(offered explain '')" '^name type '
    lacks "no files" "$(offered explain '')" ':files'
    equal columns "$(offered explain --columns=me)" "--columns=meaning"
}
