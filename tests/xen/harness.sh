# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests on a real Xen host share. Sourced in domain 0 by run-tests, before each test, in a
# shell of its own with -eu -o pipefail: a command that fails ends the test.
#
# A test is a function test_SOMETHING in a file NAME.test. It may create guests by any means and must
# take them away again: the runner compares the host before and after.

GUESTS=/var/lib/xenlab/guests
WORK=${WORK:?the runner sets it}
STAMP=$((10#$(date +%N) % 100000))

# say TEXT...: into the log, which is shown when the test fails.
say() {
    printf '# %s\n' "$*"
}

# die TEXT...: ends the test.
die() {
    printf '# FAILED: %s\n' "$*"
    exit 1
}

# skip TEXT...: ends the test as not run; it is counted and shown as that.
skip() {
    printf '%s\n' "$*" > "$WORK/skipped"
    exit 77
}

# equal WHAT EXPECTED ACTUAL
equal() {
    [ "$2" = "$3" ] || die "$1: expected '$2', got '$3'"
}

# contains WHAT PATTERN TEXT: the text must hold the extended regular expression.
contains() {
    grep -qE -- "$2" <<< "$3" || die "$1: nothing like '$2' in: $3"
}

# status_is STATUS COMMAND...: runs it; its output is left in $OUT and $ERR.
status_is() {
    local expected=$1 actual=0
    shift
    "$@" > "$WORK/out" 2> "$WORK/err" < /dev/null || actual=$?
    OUT=$(cat "$WORK/out")
    ERR=$(cat "$WORK/err")
    [ "$actual" = "$expected" ] ||
        die "status of '$*': expected $expected, got $actual; stdout: $OUT; stderr: $ERR"
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds. The time is what an idle machine needs at most; a
# loaded one gets more.
wait_for() {
    local end=$((SECONDS + $1 * 3)) what=$2
    shift 2
    until "$@" > /dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || die "waited in vain for: $what"
        sleep 1
    done
}

# guest TYPE [OPTION|KEY=VALUE...]: creates a guest of its own name through xn and leaves the name in
# $GUEST. TYPE is pv, pvh, hvm, tiny or tiny-pvh. It has no disk and no network card, because each costs two scripts
# of many processes; full_guest has both.
guest() {
    guest_by xn "$@"
}

# guest_by TOOL TYPE [OPTION|KEY=VALUE...]: the same through xn or xl.
guest_by() {
    local tool=$1 type=$2 word options=() settings=()
    shift 2
    for word; do
        if [[ $word = -* ]]; then options+=("$word"); else settings+=("$word"); fi
    done
    make_config "$type"
    "$tool" create -q "${options[@]}" "$CONFIG" "${settings[@]}" # xl takes no option behind the file
}

full_guest() {
    local type=$1
    shift
    make_full_config "$type"
    xn create -q "$CONFIG" "$@"
}

# make_config TYPE: a configuration for a guest of its own: name in $GUEST, file in $CONFIG.
make_config() {
    make_full_config "$1"
    rm -f "$WORK/$GUEST.img"
    sed -i '/^disk *=/d; /^vif *=/d' "$CONFIG"
}

make_full_config() {
    STAMP=$((STAMP + 1))
    GUEST=t$STAMP-$1
    CONFIG=$WORK/$GUEST.cfg
    # An HVM guest speaks through its serial port, which QEMU keeps; for the log it must speak through Xen.
    sed -e "s/^name *=.*/name = \"$GUEST\"/" -e "s#$GUESTS/$1.img#$WORK/$GUEST.img#" \
        -e "s/console=ttyS0/console=ttyS0 console=hvc0/" "$GUESTS/$1.cfg" > "$CONFIG"
    [ ! -e "$GUESTS/$1.img" ] || cp --sparse=always "$GUESTS/$1.img" "$WORK/$GUEST.img"
}

# uuid_of NAME
uuid_of() {
    xl list -v "$1" | awk 'NR == 2 { print $7 }'
}

# The console of a guest is copied to a file by xenconsoled.
console_log() {
    printf '/var/log/xen/console/guest-%s.log' "$1"
}

# ticks NAME: the last number the guest has counted to; empty before the first.
ticks() {
    grep -aoE 'tick [0-9]+' "$(console_log "$1")" 2> /dev/null | tail -n 1 | cut -d' ' -f2
}

# wait_up NAME [SECONDS]: until the guest counts.
wait_up() {
    wait_for "${2:-120}" "guest $1 counting on its console" is_up "$1"
}

is_up() {
    [ -n "$(ticks "$1")" ]
}

# boots NAME: how often the guest has started.
boots() {
    grep -acE 'xenlab-guest .* up' "$(console_log "$1")" 2> /dev/null || true
}

is_here() {
    xl domid "$1"
}

# restarted NAME OLD-DOMID: it runs under another number.
restarted() {
    local now
    now=$(xl domid "$1" 2> /dev/null) && [ "$now" != "$2" ]
}

is_gone() {
    ! xl domid "$1" 2> /dev/null
}

state_of() {
    xl list "$1" | awk 'NR == 2 { print $5 }'
}

# end NAME...: destroys what is left and waits until it is gone.
end() {
    local name
    for name in "$@"; do
        xl destroy "$name" 2> /dev/null || true
        wait_for 30 "$name to be gone" is_gone "$name"
    done
}

# same_output WHAT EXPECTED-FILE ACTUAL-FILE: shows the first difference.
same_output() {
    cmp -s "$2" "$3" && return
    diff -u "$2" "$3" | head -n 20 | sed 's/^/# /'
    die "$1: xl and xn differ"
}

# same_as_xl ARGUMENTS...: xl and xn say the same bytes on stdout and both succeed. FILTER, when set, is
# a sed script that takes out what changes by itself (CPU times).
same_as_xl() {
    xl "$@" > "$WORK/xl.raw" 2> "$WORK/xl.err" || die "xl $* fails: $(cat "$WORK/xl.err")"
    xn "$@" > "$WORK/xn.raw" 2> "$WORK/xn.err" || die "xn $* fails: $(cat "$WORK/xn.err")"
    sed -E "${FILTER:-}" "$WORK/xl.raw" > "$WORK/xl.out"
    sed -E "${FILTER:-}" "$WORK/xn.raw" > "$WORK/xn.out"
    same_output "$*" "$WORK/xl.out" "$WORK/xn.out"
}

# json EXPRESSION: jq over $OUT.
json() {
    jq -r "$1" <<< "$OUT"
}
