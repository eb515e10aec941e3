#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn vdispl-attach, without Xen.
load helper

@test "vdispl-attach: help" {
    help_works vdispl-attach
}

@test "vdispl-attach: unknown options" {
    bad_options vdispl-attach
    bad_formats vdispl-attach
}

@test "vdispl-attach: two words are needed" {
    usage_error "'xn vdispl-attach' needs DOMAIN and PART" "usage: xn vdispl-attach [OPTION]... DOMAIN PART..." vdispl-attach
    usage_error "'xn vdispl-attach' needs PART" "usage: xn vdispl-attach [OPTION]... DOMAIN PART..." vdispl-attach web
}

@test "vdispl-attach: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" vdispl-attach '' connectors=id0:800x600
    bad_domains vdispl-attach connectors=id0:800x600
}

@test "vdispl-attach: parts that cannot be understood" {
    bad_part "vdispl:1:1: this 'vdispl' has no 'connectors'; add connectors=id0:1920x1080;id1:800x600" \
        vdispl-attach web backend=driver
    bad_part "vdispl:1:12: '800x600' is no value of 'connectors'; expected ID:WIDTHxHEIGHT, separated by ';'" \
        vdispl-attach web connectors=800x600
    bad_part "vdispl:1:12: 'id0:800x' is no value of 'connectors'; expected ID:WIDTHxHEIGHT, separated by ';'" \
        vdispl-attach web connectors=id0:800x
}

@test "vdispl-attach: times" {
    usage_error "option '--timeout': 'soon' is not a duration" "write it as 30s, 500ms, 2m or 1h30m" \
        vdispl-attach web connectors=id0:800x600 --timeout soon
}

@test "vdispl-attach: completion" {
    xn __complete vdispl-attach web ''
    status_is 0
    equal words "${output//$'\n'/ }" "backend= be-alloc= connectors="
}

@test "vdispl-attach: no Xen" {
    no_xen vdispl-attach web connectors=id0:800x600
    no_xen vdispl-attach --timeout 5s web connectors=id0:800x600
    no_xen vdispl-attach -n web connectors=id0:800x600
    json_error 4 no-xen vdispl-attach web connectors=id0:800x600 --json
}

@test "vdispl-attach: a dry run is understood before the command, too" {
    skip_with_xen
    xn -N vdispl-attach web connectors=id0:800x600
    status_is 4
}

@test "vdispl-attach: usage errors as JSON" {
    json_error 2 usage vdispl-attach --json
}
