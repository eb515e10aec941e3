# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests of memory, CPUs and CPU pools share; sourced by them after harness.sh.

# In a listing of CPUs: where domain 0 runs right now, and for how long it has.
# shellcheck disable=SC2034 # the tests use it
VCPU_NOW='/^Domain-0/ s/^(.{44}).{21}/\1 NOW/'

# snapshot NAME FILE: all that a change of a domain can leave: its configuration, its part of xenstore, its CPUs.
snapshot() {
    local domid
    domid=$(xl domid "$1")
    {
        xl list -l "$1"
        xenstore-ls "/local/domain/$domid"
        xenstore-ls "/libxl/$domid"
        xl vcpu-list "$1" | sed -E 's/^(.{44}).{21}/\1 NOW/'
        xl list -v -c -n "$1" | sed -E 's/     [a-z-]{6}  +[0-9.]+/ NOW/'
        xl sched-credit2 -d "$1" 2>&1 || xl sched-credit -d "$1" 2>&1
    } > "$2"
}

# same_change NAME BACK... -- CHANGE...: xl does CHANGE, then BACK undoes it, then xn does CHANGE: both leave the same.
# 'NAME' stands for the domain in both.
same_change() {
    local name=$1 back=()
    shift
    while [ "$1" != -- ]; do
        back+=("$1")
        shift
    done
    shift
    xl "$@" > "$WORK/change.xl" || die "xl $* fails"
    snapshot "$name" "$WORK/after.xl"
    xl "${back[@]}"
    xn "$@" > "$WORK/change.xn" || die "xn $* fails"
    snapshot "$name" "$WORK/after.xn"
    same_output "what is left by $*" "$WORK/after.xl" "$WORK/after.xn"
    same_output "stdout of $*" "$WORK/change.xl" "$WORK/change.xn"
    xl "${back[@]}"
}

# refused NAME STATUS PATTERN COMMAND...: it fails like that, and nothing of the domain is changed.
refused() {
    local name=$1 status=$2 pattern=$3
    shift 3
    snapshot "$name" "$WORK/before"
    status_is "$status" "$@"
    contains "message of '$*'" "$pattern" "$ERR"
    equal "stdout of '$*'" "" "$OUT"
    snapshot "$name" "$WORK/after"
    same_output "a change by the failing '$*'" "$WORK/before" "$WORK/after"
}

memory_of() {
    xl list "$1" | awk 'NR == 2 { print $3 }'
}

vcpus_of() {
    xl list "$1" | awk 'NR == 2 { print $4 }'
}

has_vcpus() {
    [ "$(vcpus_of "$1")" = "$2" ]
}

pools() {
    xl cpupool-list -c
}

# free_cpu_1: domain 0 gets by with one CPU, and CPU 1 belongs to no pool. Call own_pools first.
free_cpu_1() {
    xl vcpu-set 0 1
    wait_for 20 "domain 0 to leave CPU 1" has_vcpus 0 1
    xl cpupool-cpu-remove Pool-0 1
    [ "$(xl cpupool-list -c | awk '$1 == "Pool-0" { print $2 }')" = 0 ] || die "CPU 1 is not free"
}

# own_pools: when the test ends, there is one pool again with all CPUs.
own_pools() {
    [ "$(nproc)" -ge 2 ] || skip "this host has only one CPU"
    POOLS_BEFORE=$(pools)
    VCPUS_BEFORE=$(vcpus_of 0)
    trap restore_pools EXIT
}

# A shell of its own: what fails here must not end it.
restore_pools() (
    set +e
    for name in $(xl list | awk 'NR > 1 && $2 != 0 { print $1 }'); do
        xl cpupool-migrate "$name" 0
    done
    for name in $(xl cpupool-list | awk 'NR > 1 { print $1 }'); do
        xl cpupool-destroy "$name" 2> /dev/null
    done
    xl cpupool-rename 0 Pool-0 2> /dev/null
    for cpu in $(seq 0 $((VCPUS_BEFORE - 1))); do
        xl cpupool-cpu-add Pool-0 "$cpu" > /dev/null 2>&1
    done
    xl vcpu-set 0 "$VCPUS_BEFORE"
)
