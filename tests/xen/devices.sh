# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests of devices share; sourced by them.

# script NAME TEXT: an executable $WORK/NAME with these commands.
script() {
    printf '#!/bin/sh\n%s\n' "$2" > "$WORK/$1"
    chmod +x "$WORK/$1"
}

# nodes_of GUEST KIND: what libxl keeps of its devices in xenstore.
nodes_of() {
    xenstore-ls "/libxl/$(xl domid "$1")/device/$2"
}

# no_backend KIND DOMID: nothing serves such a device of that domain.
no_backend() {
    local nodes
    nodes=$(xenstore-ls "/local/domain/0/backend/$1/$2" 2> /dev/null || true)
    [ -z "$nodes" ] || die "backend of $1 is left: $nodes"
    nodes=$(xenstore-list "/libxl/$2/device/$1" 2> /dev/null || true)
    [ -z "$nodes" ] || die "libxl keeps $1: $nodes"
}

# lacks_key GUEST KEY: the configuration that a reboot would take has none of it.
lacks_key() {
    ! xl list -l "$1" | grep -q "\"$2\"" || die "list -l of $1 still has $2"
}

# type_in GUEST TEXT: a line for the shell on its console.
type_in() {
    printf '%s\n' "$2" > "$(xenstore-read "/local/domain/$(xl domid "$1")/console/tty")"
}

# said GUEST PATTERN: it stands on its console.
said() {
    grep -aqE -- "$2" "$(console_log "$1")"
}
