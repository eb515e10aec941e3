# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests of the supervisor share. Sourced by them, behind harness.sh.

# shellcheck disable=SC2034 # the tests use it
LOG=/var/log/xen/xn-supervisor.log

# Its workers have another name.
supervisors() {
    pgrep -xc xn-supervisor || true
}

no_supervisor() {
    [ "$(supervisors)" = 0 ]
}

# stopped NAME LETTERS: the domain is still there and has shut down for that reason.
stopped() {
    [ "$(state_of "$1" | cut -c4-5)" = "$2" ]
}

# over NAME...: ends guests that restart again and again, and waits for the supervisor to see it.
over() {
    wait_for 120 "$* to be gone for good" is_over "$@"
    wait_for 30 "the supervisor to end" no_supervisor
    rm -f /run/xen/xn-failed-*.json # of one that was destroyed while it was being built
}

# is_over NAME...: none is here, and nobody is just building one. What is destroyed while it is built, and paused so
# long, leaves nodes behind, for libxl does not clear away what belongs to no domain. So the number counts: behind the
# name there may be another domain in a moment.
is_over() {
    local name domid state
    for name; do
        read -r domid state < <(xl list "$name" 2> /dev/null | awk 'NR == 2 { print $2, $5 }') || continue
        [ "$state" = --p--- ] || xl destroy "$domid" || true
    done
    ! pgrep -x xn-worker > /dev/null || return 1
    for name; do
        is_gone "$name" || return 1
    done
}

# supervised NAME: the supervisor's list has the domain that carries this name now, once.
supervised() {
    local domid
    domid=$(xl domid "$1" 2> /dev/null) &&
        [ "$(xn supervise --status --json | jq -r --arg name "$1" '.guests[] | select(.domain == $name).domid')" = "$domid" ]
}

# private_kib PID: memory of its own, workers that were forked from it and still share some or not. What it has only
# read of the program's and the libraries' files is the page cache's.
private_kib() {
    awk '/^Anonymous:/ { print $2 }' "/proc/$1/smaps_rollup"
}

descriptors() {
    find "/proc/$1/fd" -type l | wc -l
}

# xenstore_connections PID: sockets whose other end is xenstored's, and the kernel's own way to it.
xenstore_connections() {
    local ours devices
    ours=$(find "/proc/$1/fd" -lname 'socket:*' -printf '%l\n' | tr -dc '0-9\n' | tr '\n' ' ')
    devices=$(find "/proc/$1/fd" -lname '*xenbus*' | wc -l)
    # A line of the server's end: u_str ESTAB 0 0 PATH INODE * PEER
    ss -xH | awk -v ours="$ours" -v count="$devices" '
        BEGIN { split(ours, list); for (i in list) is_ours[list[i]] = 1 }
        $5 ~ /xenstore/ && ($8 in is_ours) { count++ }
        END { print count + 0 }'
}

names_twice() {
    # One that is half built has no name yet.
    xl list | awk 'NR > 1 && $1 != "(null)" { print $1 }' | sort | uniq -d
}

# Until a worker is at work. No pause: it may not take long.
await_worker() {
    local end=$((SECONDS + 120))
    until pgrep -x xn-worker > /dev/null; do
        [ "$SECONDS" -lt "$end" ] || die "waited in vain for a worker"
    done
}
