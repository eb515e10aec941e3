#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# Started under the name xl: what the callers of xl rely on.
load helper

# told STATUS LINE WORDS...: 'xl WORDS...' ends with STATUS, and this is the first line of stderr.
told() {
    local expected=$1 line=$2
    shift 2
    xl "$@"
    status_is "$expected" && equal "first line" "${stderr%%$'\n'*}" "$line"
}

@test "xl: the layout of the help" {
    xl help
    status_is 0
    equal stderr "$stderr" ""
    equal heading "$(head -n 4 <<< "$output")" \
        $'Usage xl [-vfNtT] <subcommand> [args]\n\nxl full list of subcommands:'
    # What xl's own completion makes of it.
    local names expected
    names=$(sed 1,4d <<< "$output" | awk '/^ [^ ]/ { print $1 }')
    expected=$("$XN" help --json | jq -r '.commands[].name')
    equal names "$names" "$expected"
    # A longer name has a line of its own.
    lacks "a line" "$(sed 1,4d <<< "$output" | grep -vE '^ [a-z0-9-]{1,19} +[^ ]|^ [a-z0-9-]{20,} *$|^ {20,}[^ ]')" '.'
    local help=$output
    xl --help
    status_is 0
    equal --help "$output" "$help"
}

@test "xl: a line of the help has its summary in column 21" {
    xl help
    has line "$output" '^ list                list the domains of this host$'
}

@test "xl: no command prints the help and is status 1" {
    xl help
    local help=$output
    xl
    status_is 1
    equal stdout "$output" "$help"
}

@test "xl: commands may be shortened" {
    xl vers
    status_is 0
    has stdout "$output" '^xn [0-9]'
    told 2 "xl: console: 'xl console' needs DOMAIN" cons
    skip_with_xen
    told 4 "xl: list: this machine does not run the Xen hypervisor" lis
    told 4 "xl: list: this machine does not run the Xen hypervisor" li
}

@test "xl: shortened too much" {
    xl d
    status_is 2
    has stderr "$stderr" "^xl: unknown command 'd'\$"
    has stderr "$stderr" "^hint: it could be 'destroy', 'dump-core', "
    equal stderr "$stderr" "xl: unknown command 'd'
hint: it could be 'destroy', 'dump-core', 'domid', 'domname', 'dmesg', 'debug-keys', 'dt-overlay', 'devd'"
    told 2 "xl: unknown command ''" ''
    told 2 "xl: unknown command '__c'" __c
}

@test "xl: xn itself takes whole names only" {
    fails 2 "unknown command 'vers'" "did you mean 'version'?" vers
}

@test "xl: names of its own in messages" {
    xl pause
    status_is 2
    equal stderr "$stderr" "xl: pause: no domain is named
hint: name one or more domains, or use --all"
    xl destroy
    equal stderr "$stderr" "xl: destroy: 'xl destroy' needs DOMAIN
hint: usage: xl destroy [OPTION]... DOMAIN..."
    xl pause --help
    has help "$output" '^Usage: xl pause '
    has help "$output" '^  xl pause web$'
}

@test "xl: create says what it reads" {
    cd "$BATS_TEST_TMPDIR"
    printf 'name="a"\nkernel="/k"\nmemory=64\nfoo=1\n' > a.cfg
    xl create -n a.cfg
    status_is 0
    equal "first line" "${stderr%%$'\n'*}" "Parsing config from a.cfg"
    equal name "$(jq -r .c_info.name <<< "$output")" a
    xl create -n -q a.cfg
    status_is 0
    equal "stderr with -q" "$stderr" ""
    xl -N crea a.cfg
    status_is 0
    equal name "$(jq -r .c_info.name <<< "$output")" a
}

# How /etc/init.d/xendomains and the script that comes with Xen find the name of a guest.
@test "xl: create for the scripts that start guests with the host" {
    cd "$BATS_TEST_TMPDIR"
    printf 'name="a"\nkernel="/k"\nmemory=64\n' > a.cfg
    ln -s a.cfg link
    xl create --quiet --dryrun --defconfig link
    status_is 0
    equal stderr "$stderr" ""
    equal name "$(jq -r .c_info.name <<< "$output")" a
    equal "name by sed" "$(sed -n 's/^.*"name": "\(.*\)",$/\1/p' <<< "$output")" a
}

@test "xl: shutdown -a ignores words" {
    skip_with_xen
    told 4 "xl: shutdown: this machine does not run the Xen hypervisor" shutdown -a web
    told 4 "xl: reboot: this machine does not run the Xen hypervisor" reboot -a -w -w web
}

@test "xl: options that scripts put before the command" {
    skip_with_xen
    told 4 "xl: list: this machine does not run the Xen hypervisor" -f list
    # As with xl, a dry run of what has none is refused.
    xl -N list
    status_is 2
}
