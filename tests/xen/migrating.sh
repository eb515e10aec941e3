# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests of migration share. Sourced by them, behind harness.sh and saving.sh.

# A copy that was received speaks into a log of the name that it had then.
incoming_log() {
    printf '/var/log/xen/console/guest-%s--incoming.log' "$1"
}

# incoming_ticks NAME: how often it has counted since it came here.
incoming_ticks() {
    grep -acE 'tick [0-9]+' "$(incoming_log "$1")" 2> /dev/null || true
}

incoming_beyond() {
    [ "$(incoming_ticks "$1")" -gt "$2" ]
}

# runs_after_move NAME: it is here under its name, counts on, and was never started anew.
runs_after_move() {
    local seen
    is_here "$1" > /dev/null || die "$1 is not here"
    seen=$(incoming_ticks "$1")
    wait_for 60 "$1 to count on after its move" incoming_beyond "$1" "${seen:-0}"
    ! grep -aqE 'xenlab-(guest .*|tiny) up' "$(incoming_log "$1")" || die "$1 was started anew"
}

# copies NAME: how many domains have its name, with or without what migrations put behind it.
copies() {
    xl list | awk -v name="$1" 'NR > 1 && ($1 == name || index($1, name "--") == 1)' | wc -l
}

# no_copy NAME: of a migration is nothing left but the guest itself.
no_copy() {
    [ "$(copies "$1")" = 1 ]
}

# stays NAME: after a migration that failed: the guest runs on here, under its name, and is the only copy.
stays() {
    wait_for 30 "the other copy of $1 to go" no_copy "$1"
    runs_on "$1"
    equal "migrations that broke off" "" "$(xn migrate --status --json | jq -r ".migrations[].domain" | grep -xF "$1" || true)"
}

# fake LINES...: a receiver in $FAKE, made of these lines; banner, ready, report and leave are functions in it.
fake() {
    FAKE=$WORK/receiver
    {
        cat << 'END'
#!/bin/bash
banner() { printf 'xl migration receiver ready, send binary domain data.\n'; }
ready() { printf 'domain received, ready to unpause\0'; }
report() { printf 'my copy unpause results are as follows\0'; }
leave() { printf 'domain is yours, you are cleared to unpause\0'; }
END
        printf '%s\n' "$@"
    } > "$FAKE"
    chmod +x "$FAKE"
}

# checkpoints COUNT: so many the guest has begun, as 'xn -vvv remus' tells.
checkpoints() {
    [ "$(grep -c 'guest has suspended' "$WORK/err")" -ge "$1" ]
}
