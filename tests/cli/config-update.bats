#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn config-update, without Xen.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf 'name = "web"\ntype = "pvh"\nmemory = 512\nkernel = "/boot/vmlinuz"\n' > web.cfg
}

@test "config-update: help" {
    help_works config-update
}

@test "config-update: unknown options" {
    bad_options config-update
    bad_formats config-update
    usage_error "option '-f' needs a value" "write it as -f FILE" config-update -f
    usage_error "option '-f': empty file name" "" config-update -f ''
}

@test "config-update: a guest and one file" {
    local none="name one, or /dev/null to give everything as key=value"
    local two="config-update takes one; settings are written as key=value"
    usage_error "'xn config-update' needs DOMAIN" \
        "usage: xn config-update [OPTION]... DOMAIN [FILE|KEY=VALUE]..." config-update
    usage_error "no configuration file is named" "$none" config-update web
    usage_error "no configuration file is named" "$none" config-update web memory=64
    usage_error "two configuration files: 'a.cfg' and 'b.cfg'" "$two" config-update web a.cfg b.cfg
    usage_error "two configuration files: 'a.cfg' and 'b.cfg'" "$two" config-update web -f a.cfg b.cfg
    usage_error "FILE|KEY=VALUE: empty file name" "" config-update web ''
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" \
        config-update '' web.cfg
}

@test "config-update: words that name no domain" {
    bad_domains config-update web.cfg
}

@test "config-update: no Xen" {
    no_xen config-update web web.cfg
    no_xen config-update web web.cfg memory=64
    no_xen config-update -ndq --strict web --defconfig=web.cfg
    no_xen config-update web missing.cfg
    json_error 4 no-xen config-update --json web web.cfg
    skip_with_xen
    xn -N config-update web web.cfg
    status_is 4
}

@test "config-update: usage errors as JSON" {
    json_error 2 usage config-update --json
    json_error 2 usage config-update --json web
    json_error 2 usage config-update --json web a.cfg b.cfg
    json_error 2 usage config-update --json +1 web.cfg
}

# offered WORDS...: the candidates for the last word, one line with blanks.
offered() {
    xn __complete "$@"
    status_is 0 && equal stderr "$stderr" "" && printf '%s' "${output//$'\n'/ }"
}

@test "config-update: completion of files and settings" {
    equal "the beginning of a key" "$(offered config-update web on_c)" ":files on_crash="
    equal words "$(offered config-update web web.cfg on_crash=re)" \
        ":files on_crash=restart on_crash=rename-restart"
    equal "a file behind -f" "$(offered config-update web -f '')" ":files"
    skip_with_xen
    equal "guests without Xen" "$(offered config-update '')" ""
}
