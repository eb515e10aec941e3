# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests that break things on purpose share. Sourced by them, behind harness.sh and saving.sh.

# remote_shutdown NAME REASON: the hypervisor ends it as if it had done so itself: 0 poweroff, 1 reboot, 2 suspend,
# 3 crash, 4 watchdog, 5 soft reset.
remote_shutdown() {
    python3 - "$(xl domid "$1")" "$2" << 'PY'
import ctypes, glob, sys
lib = ctypes.CDLL(sorted(glob.glob("/usr/lib/*/libxenctrl.so.*"))[0], use_errno=True)
lib.xc_interface_open.restype = ctypes.c_void_p
lib.xc_interface_open.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint]
lib.xc_domain_shutdown.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int]
handle = lib.xc_interface_open(None, None, 0)
sys.exit(0 if handle and lib.xc_domain_shutdown(handle, int(sys.argv[1]), int(sys.argv[2])) == 0 else 1)
PY
}

# hold_page DOMID FILE: maps a page of the guest until it is killed, and says so in the file. A destroyed guest that
# somebody still has mapped stays as a dying domain.
hold_page() {
    exec python3 - "$1" "$2" << 'PY'
import ctypes, sys, time
lib = ctypes.CDLL("libxenforeignmemory.so.1", use_errno=True)
lib.xenforeignmemory_open.restype = ctypes.c_void_p
lib.xenforeignmemory_open.argtypes = [ctypes.c_void_p, ctypes.c_uint]
lib.xenforeignmemory_map.restype = ctypes.c_void_p
lib.xenforeignmemory_map.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_size_t,
                                     ctypes.c_void_p, ctypes.c_void_p]
handle = lib.xenforeignmemory_open(None, 0)
frames, errors = (ctypes.c_uint64 * 1)(16), (ctypes.c_int * 1)()
page = lib.xenforeignmemory_map(handle, int(sys.argv[1]), 1, 1, frames, errors)
if not page or errors[0]:
    sys.exit(1)
ctypes.string_at(page, 1)
open(sys.argv[2], "w").write("yes")
time.sleep(900)
PY
}

# dying_guest: destroys a tiny PVH guest whose memory is held: its number in $DYING, the holder's process in $HOLDER.
dying_guest() {
    guest tiny-pvh -e
    DYING=$(xl domid "$GUEST")
    hold_page "$DYING" "$WORK/mapped" &
    HOLDER=$!
    wait_for 20 "the page to be mapped" test -s "$WORK/mapped"
    xl destroy "$GUEST"
}

# let_die: its memory is let go.
let_die() {
    kill "$HOLDER"
    wait "$HOLDER" || true
    wait_for 20 "the dying domain to be gone" no_domain "$DYING"
}

no_domain() {
    ! xl list | awk '{ print $2 }' | grep -qx "$1"
}

# program NAME LINE...: an executable script $WORK/NAME.
program() {
    local name=$1
    shift
    { echo '#!/bin/sh'; printf '%s\n' "$@"; } > "$WORK/$name"
    chmod +x "$WORK/$name"
}

# hangs NAME [CONDITION]: the same, one that says its number in $WORK/hanging and ends only when it is killed.
hangs() {
    # shellcheck disable=SC2016 # the script expands it
    program "$1" "${2:-:}" 'echo $$ > '"$WORK/hanging" 'exec sleep 600'
}

# nothing_hangs: what hangs has written down is not there any more.
nothing_hangs() {
    wait_for 20 "the hanging program to be killed" bash -c '! kill -0 "$1" 2> /dev/null' - "$(cat "$WORK/hanging")"
    rm "$WORK/hanging"
}

# ended STATUS: what 'started' of saving.sh has put into the background ends with this.
ended() {
    local status=0
    wait "$PID" || status=$?
    ERR=$(cat "$WORK/err")
    equal "status, with $ERR" "$1" "$status"
}

# never_here: nothing of $GUEST was made, or all of it was taken away.
never_here() {
    is_gone "$GUEST" || die "$GUEST is here"
}

# refused PATTERN SETTING...: create fails with a message like that, and nothing is left of the guest.
refused() {
    local pattern=$1
    shift
    status_is 1 timeout 300 xn create -q "$CONFIG" "$@"
    contains "message of create $*" "$pattern" "$ERR"
    never_here
}

# works [OPTION|SETTING...]: the same without the fault.
works() {
    status_is 0 xn create -q "$CONFIG" "$@"
    is_here "$GUEST" > /dev/null || die "create says that it has made $GUEST"
    end "$GUEST"
}

# either PATTERN COMMAND...: $GUEST is made, and ended; or the message is like that and there is none.
either() {
    local pattern=$1 status=0
    shift
    "$@" > "$WORK/out" 2> "$WORK/err" < /dev/null || status=$?
    ERR=$(cat "$WORK/err")
    say "status $status: $ERR"
    if [ "$status" = 0 ]; then
        is_here "$GUEST" > /dev/null || die "it says that it has made $GUEST"
        end "$GUEST"
        return
    fi
    equal "status of $*" 1 "$status"
    contains message "$pattern" "$ERR"
    never_here
}
