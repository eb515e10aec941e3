# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests with two hosts share. The other one is $XN_FAR; it has these files at the same place.

# there COMMAND...: on the other host; each word stays one.
there() {
    ssh -n "$XN_FAR" "$(printf '%q ' "$@")"
}

# far FUNCTION ARGUMENTS...: a function of the harness, on the other host.
far() {
    # shellcheck disable=SC2016 # expanded over there
    there env WORK=/tmp HERE="$HERE" bash --norc -eu -o pipefail -c \
        '. "$HERE/harness.sh"; . "$HERE/saving.sh"; . "$HERE/migrating.sh"; "$@"' - "$@"
}

# move_by SENDER RECEIVER NAME: from here to there.
move_by() {
    case $1-$2 in
    xn-xn) status_is 0 xn migrate "$3" "$XN_FAR" ;;
    xn-xl) status_is 0 xn migrate --skip-check all "$3" "$XN_FAR" ;;
    xl-xn) status_is 0 xl migrate -s '' "$3" "ssh $XN_FAR xn migrate-receive" ;;
    esac
}

# fetch_by SENDER RECEIVER NAME: from there to here.
fetch_by() {
    case $1-$2 in
    xn-xn) status_is 0 there xn migrate "$3" "$(hostname)" ;;
    xn-xl) status_is 0 there xn migrate --skip-check all "$3" "$(hostname)" ;;
    xl-xn) status_is 0 there xl migrate -s '' "$3" "ssh $(hostname) xn migrate-receive" ;;
    esac
}

# shared_disk: /dev/nbd0 on both hosts is one disk, until the test ends.
shared_disk() {
    cp "$GUESTS/disk.img" "$WORK/shared.img"
    modprobe nbd
    there modprobe nbd
    qemu-nbd --fork --persistent --shared=4 --cache=none --format=raw --port=10810 "$WORK/shared.img"
    trap 'qemu-nbd -d /dev/nbd0; there qemu-nbd -d /dev/nbd0; pkill -f "qemu-nbd.*10810"' EXIT
    qemu-nbd --format=raw --cache=none -c /dev/nbd0 "nbd://$(hostname):10810"
    there qemu-nbd --format=raw --cache=none -c /dev/nbd0 "nbd://$(hostname):10810"
}
