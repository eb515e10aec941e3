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

restarted() {
    local now
    now=$(xl domid "$1" 2> /dev/null) && [ "$now" != "$2" ]
}

# over NAME...: ends guests that restart again and again, and waits for the supervisor to see it.
over() {
    local name
    for name; do
        wait_for 60 "$name to be gone for good" is_over "$name"
    done
    wait_for 30 "the supervisor to end" no_supervisor
    rm -f /run/xen/xn-failed-*.json # of one that was destroyed while it was being built
}

# It is not here, and nobody is just building it.
is_over() {
    xl destroy "$1" 2> /dev/null || true
    is_gone "$1" && ! pgrep -x xn-worker && ! xl domid "$1" 2> /dev/null
}

# supervised NAME: the supervisor's list has the domain that carries this name now, once.
supervised() {
    local domid
    domid=$(xl domid "$1" 2> /dev/null) &&
        [ "$(xn supervise --status --json | jq -r --arg name "$1" '.guests[] | select(.domain == $name).domid')" = "$domid" ]
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
