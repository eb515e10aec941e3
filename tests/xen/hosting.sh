# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests of starting and stopping a host share. They work in the folders of the host itself, since there are
# no others.

# shellcheck source=tests/xen/saving.sh
. "$HERE/saving.sh"

ETC=/etc/xen
AUTO=$ETC/auto

# Nobody's guests but those of the test may be there.
own_folders() {
    [ -z "$(ls -A "$AUTO" 2> /dev/null)" ] || die "$AUTO is not empty"
    [ ! -e "$ETC/autostart.conf" ] || die "there is $ETC/autostart.conf"
    trap clear_folders EXIT
}

clear_folders() {
    rm -f "$AUTO"/xn-test-* "$AUTO"/t[0-9]*-* "$ETC"/t[0-9]*-* "$ETC"/autostart.conf
}

# keep TYPE [CMDLINE]: a configuration for a guest of its own among those of the host; the name is in $GUEST.
keep() {
    make_config "$1"
    sed "s/^cmdline .*/cmdline = \"${2-}\"/" "$CONFIG" > "$ETC/$GUEST.cfg"
}

# result NAME FIELD: of the last results as JSON.
result() {
    json ".results[] | select(.domain == \"$1\").$2"
}

# plan NAME FIELD
plan() {
    json ".plan[] | select(.name == \"$1\").$2"
}
