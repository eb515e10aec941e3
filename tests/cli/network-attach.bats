#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn network-attach, without Xen.
load helper

@test "network-attach: help" {
    help_works network-attach
}

@test "network-attach: unknown options" {
    bad_options network-attach
    bad_formats network-attach
    usage_error "option '--timeout' needs a value" "write it as --timeout=DURATION" network-attach web --timeout
    usage_error "'xn network-attach' needs DOMAIN" \
        "usage: xn network-attach [OPTION]... DOMAIN [KEY=VALUE]..." network-attach
}

# bad_part MESSAGE WORDS...: refused before a host is looked for, with the place.
bad_part() {
    local message=$1
    shift
    xn network-attach web "$@"
    status_is 2 && equal stdout "$output" "" &&
        equal "first line" "${stderr%%$'\n'*}" "xn: network-attach: $message"
}

@test "network-attach: parts that nobody knows" {
    bad_part "vif:1:1: 'vif' has no part 'brigde'; did you mean 'bridge'?" brigde=xenbr0
    bad_part "vif:1:15: 'vif' has no part 'brigde'; did you mean 'bridge'?" bridge=xenbr0 brigde=xenbr1
    bad_part "vif:1:1: 'vif' has no part 'xenbr0'" xenbr0
    bad_part "vif:1:5: 'zz' is no value of 'mac'; expected six bytes such as 00:16:3e:00:00:01" mac=zz
    bad_part "vif:1:6: 'fast' is no value of 'rate'; expected a rate such as 10Mb/s or 250KB/s@20ms" rate=fast
    bad_part "vif:1:6: 'x' is no value of 'type'; expected one of vif, ioemu" type=x
    usage_error "KEY=VALUE: empty word for a device" "" network-attach web ''
}

@test "network-attach: words that name no domain" {
    bad_domains network-attach bridge=xenbr0
}

@test "network-attach: no Xen" {
    no_xen network-attach web
    no_xen network-attach web bridge=xenbr0 mac=00:16:3e:00:00:01 --timeout 5s
    no_xen network-attach web bridge=xenbr0,rate=10Mb/s@20ms --dry-run
    no_xen network-attach web trusted
    json_error 4 no-xen network-attach web --json
}

@test "network-attach: completion" {
    xn __complete network-attach web bri
    status_is 0
    equal candidates "$output" bridge=
    xn __complete network-attach web type=
    equal "words of a choice" "$output" $'type=vif\ntype=ioemu'
    xn __complete network-attach web bridge=x bri
    equal "a part that is there already" "$output" ""
    if [ -e /etc/xen/scripts/vif-bridge ]; then
        xn __complete network-attach web script=vif-b
        equal scripts "$output" script=vif-bridge
    fi
    xn __complete network-attach web bridge=
    status_is 0
}
