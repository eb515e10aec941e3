#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn __complete, and the script that hands it to bash.
load helper

# offers EXPECTED WORDS...: the candidates for the last word, one line with blanks.
offers() {
    local expected=$1
    shift
    xn __complete "$@"
    status_is 0 && equal stderr "$stderr" "" &&
        equal "what is offered for '$*'" "${output//$'\n'/ }" "$expected"
}

@test "complete: commands" {
    local all
    all=$("$XN" help --json | jq -r '[.commands[].name] | join(" ")')
    offers "$all" ''
    offers "$all"
    offers "domid domname" dom
    offers "list" -v --timestamps li
    offers "list" -- li
    offers "" nosuch
    offers "" nosuch ''
}

@test "complete: options before the command" {
    offers "--verbose --version" --ver
    offers "--verbose --dry-run --timestamps --progress --help --version" -
}

@test "complete: options" {
    offers "--columns" list --col
    offers "--all --format --json --help" pause -
    offers "--format --json --help" pause --all -
    offers "--format --json --help" pause -a --
    offers "--wait" shutdown --wait --wa
    offers "--filter" list --filter state=paused --fi
    offers "" list -- --
}

@test "complete: values" {
    offers "table json csv" list --format ''
    offers "--format=table --format=json --format=csv" list --format=
    offers "--format=json" list --format=j
    offers "table json" pause --format ''
    offers "pv serial vuart" console -t ''
    offers "serial" console --type s
    offers "" shutdown --timeout ''
}

@test "complete: columns" {
    offers "memory_kib" list --columns mem
    offers "name,domid name,default" list --columns name,d
    offers "--columns=domid --columns=default" list --columns=d
    offers "-memory_kib -max_memory_kib" list --sort -m
    offers "state= state_flags=" list --filter stat
    offers "--filter=type=" list --filter=ty
}

@test "complete: files are left to the shell" {
    offers ":files" create web
    offers ":files" create -f ''
    offers ":files" create --defconfig=
    offers ":files" create web.cfg memory=
}

@test "complete: keys of configurations and their words" {
    offers ":files memory=" create mem
    offers ":files on_crash=" create web.cfg on_c
    offers ":files on_crash=restart on_crash=rename-restart" create web.cfg on_crash=re
    offers ":files driver_domain=0 driver_domain=1" create driver_domain=
    offers ":files" create nosuch=
    offers "memory" explain mem
    offers "disk.access disk.active-disk" explain disk.a
    offers "" explain nosuch.
}

@test "complete: arguments" {
    offers "pause" help pau
    offers "" version ''
    offers "nmi reset init power sleep s3resume" trigger web ''
    offers "sleep s3resume" trigger web s
    offers "power sleep" button-press web ''
    offers ":files" dump-core web ''
}

@test "complete: domains need Xen, and fail silently" {
    skip_with_xen
    offers "" pause ''
    offers "" rename a ''
}

# shell EXPECTED WORDS...: COMPREPLY for the last word; the words as bash splits them.
shell() {
    local expected=$1 functions=/usr/share/bash-completion/bash_completion
    shift
    [ -r $functions ] || skip "bash-completion is not installed"
    # shellcheck disable=SC2016 # expanded in the inner shell
    call bash --norc -c '
        functions=$1 script=$2 program=$3; shift 3
        . "$functions" && . "$script" || exit 1
        compopt() { printf "compopt %s\n" "$*"; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9 COMP_KEY=9
        COMP_LINE="$*" COMP_LINE=${COMP_LINE// = /=} COMP_LINE=${COMP_LINE// =/=}
        COMP_LINE=${COMP_LINE// : /:} COMP_POINT=${#COMP_LINE}
        _xn "$program" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" || exit 1
        printf "%s\n" "${COMPREPLY[@]}"' - "$functions" "$ROOT/bash-completion/xn" "$XN" "$@"
    status_is 0 && equal stderr "$stderr" "" &&
        equal "what bash gets for '$*'" "${output//$'\n'/ }" "$expected"
}

@test "complete: in bash, words" {
    shell "list" xn li
    shell "domid domname" xn dom
    shell "--columns" xn list --col
    shell "" xn list --columns nothing
}

@test "complete: in bash, values behind =" {
    shell "json" xn list --format = j
    shell "table json csv" xn list --format =
    shell "name,domid name,default" xn list --columns = name,d
    shell "compopt -o nospace type=" xn list --filter ty
    shell "compopt -o nospace type=" xn list --filter = ty
}

@test "complete: in bash, keys of configurations" {
    cd "$BATS_TEST_TMPDIR"
    shell "compopt -o nospace memory=" xn check mem
    shell "restart rename-restart" xn check on_crash = re
    shell "disk.access disk.active-disk" xn explain disk.a
}

@test "complete: in bash, files" {
    cd "$BATS_TEST_TMPDIR"
    touch web.cfg 'my guest.cfg' other
    local found="compopt -o filenames web.cfg"
    shell "$found" xn create w
    shell "$found" xn create -f w
    shell "$found" xn create --defconfig = w
    shell "$found" xn create memory = 5 w
    shell "compopt -o filenames my guest.cfg" xn create my
}

@test "complete: in bash, with a program that is not there" {
    XN=/nonexistent/xn
    shell "" xn li
}

@test "complete: the script is registered for xn alone" {
    # shellcheck disable=SC2016 # expanded in the inner shell
    call bash --norc -c '. "$1"; complete -p' - "$ROOT/bash-completion/xn"
    status_is 0
    equal registered "$output" "complete -F _xn xn"
}
