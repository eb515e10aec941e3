# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests of saving share. Sourced by them, behind harness.sh.

# Most tests use the tiny PVH guest, which counts on its console and answers in a moment.
TINY=(tiny-pvh 'cmdline="tick"')

# starts NAME: how often it has been started from its beginning.
starts() {
    grep -acE 'xenlab-(guest .*|tiny) up' "$(console_log "$1")" 2> /dev/null || true
}

# nonces NAME: how many different ones its Linux has named; 0 for a tiny guest.
nonces() {
    grep -aoE 'nonce [0-9a-f]+' "$(console_log "$1")" | sort -u | wc -l
}

# tick_lines NAME: how often it has counted. A restored copy counts from an older number on.
tick_lines() {
    grep -acE 'tick [0-9]+' "$(console_log "$1")" 2> /dev/null || true
}

counts_beyond() {
    [ "$(tick_lines "$1")" -gt "$2" ]
}

# counts NAME: wait until it does, more than until now.
counts() {
    local seen
    seen=$(tick_lines "$1")
    wait_for 60 "$1 to count on" counts_beyond "$1" "${seen:-0}"
}

# runs_on NAME: it counts on, and was never started anew.
runs_on() {
    counts "$1"
    equal "starts of $1" 1 "$(starts "$1")"
    [ "$(nonces "$1")" -le 1 ] || die "$1 has more than one nonce"
}

# started WORDS...: puts xn into the background, pid in $PID, stderr in $WORK/err. The shell lets what it starts
# there ignore SIGINT, and xn would respect that.
started() {
    env --default-signal=INT xn "$@" > "$WORK/out" 2> "$WORK/err" < /dev/null &
    PID=$!
}

is_suspended() {
    [ "$(state_of "$1" | cut -c4-5)" = ss ]
}

# suspended_by NAME: who keeps a suspended guest so: suspend, save or null.
suspended_by() {
    xn list --json "$1" | jq -r '.domains[0].suspended_by'
}

is_paused() {
    [ "$(state_of "$1" | cut -c3)" = p ]
}

# ended_into FILE NAME: the guest is gone, the file is there, and nobody else can read it.
ended_into() {
    is_gone "$2" || die "$2 is still here"
    [ -s "$1" ] || die "$1 is empty or not there"
    equal "mode of $1" 600 "$(stat -c %a "$1")"
}

# untouched FILE: the older file that old_file made, and no other beside it.
old_file() {
    mkdir -p "$(dirname "$1")"
    echo old > "$1"
}

untouched() {
    equal "content of $1" old "$(head -c 100 "$1" | tr -d '\0')"
    equal "files beside $1" "$(basename "$1")" "$(ls -A "$(dirname "$1")")"
}

# fails_and_runs_on PATTERN FILE COMMAND...: status 1, a message like that, older file and guest as before.
fails_and_runs_on() {
    local pattern=$1 file=$2
    shift 2
    status_is 1 "$@"
    contains message "$pattern" "$ERR"
    untouched "$file"
    runs_on "$GUEST"
}

# small_disk SIZE: an empty file system of that size in $WORK/small, until the test ends.
small_disk() {
    mkdir "$WORK/small"
    mount -t tmpfs -o "size=$1" tmpfs "$WORK/small"
    trap 'umount -l "$WORK/small"' EXIT
}

# no_helper: what a killed save has left behind has ended, too.
no_helper() {
    ! pgrep -f libxl-save-helper
}

# number FILE OFFSET: four bytes of it.
number() {
    od -An -tu4 -j "$2" -N 4 "$1" | tr -d ' '
}

# flip FILE OFFSET: another bit there.
flip() {
    local byte
    byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
    # shellcheck disable=SC2059
    printf "\\x$(printf %x $((byte ^ 4)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

no_guest() {
    [ "$(xl list | tail -n +2 | wc -l)" = 1 ]
}
