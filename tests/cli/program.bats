#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# What belongs to no command: the options before it, its name, the output, the locale.
load helper

@test "nothing said: the help, status 2" {
    xn help
    local help=$output
    xn
    status_is 2
    equal stdout "$output" "$help"
    equal stderr "$stderr" ""
}

@test "options, but no command: the help, status 2" {
    xn help
    local help=$output
    xn -v
    equal stdout "$output" "$help"
    status_is 2
}

@test "unknown commands" {
    fails 2 "unknown command 'lsit'" "did you mean 'list'?" lsit
    fails 2 "unknown command 'lis'" "did you mean 'list'?" lis
    fails 2 "unknown command 'frobnicate'" "see 'xn --help' for all commands" frobnicate
    fails 2 "unknown command ''" "see 'xn --help' for all commands" ''
    fails 2 "unknown command '\\x1b[31m'" "see 'xn --help' for all commands" $'\e[31m'
    fails 2 "unknown command 'frobnicate'" "see 'xn --help' for all commands" -v -- frobnicate
}

@test "options before the command" {
    fails 2 "unknown option '--frobnicate'" "options of a command stand behind its name" \
        --frobnicate list
    fails 2 "unknown option '-x'" "options of a command stand behind its name" -x list
    fails 2 "unknown option '--verbsoe'" "did you mean '--verbose'?" --verbsoe list
    fails 2 "option '--ver' is ambiguous between '--verbose', '--version'" "" --ver
    xn -vvTtf --verbose --timestamps --progress version
    status_is 0
    equal stderr "$stderr" ""
}

@test "-N is refused where there is no dry run" {
    local command
    for command in list pause version; do
        fails 2 "'xn $command' has no dry run" "" -N "$command"
        fails 2 "'xn $command' has no dry run" "" --dry-run "$command"
    done
}

@test "-v shows what Xen's libraries say" {
    skip_with_xen
    xn list
    local quiet=$stderr
    xn -v list
    status_is 4
    has stderr "$stderr" '^error: (libxl|xencall): '
    equal "the last lines" "$(tail -n "$(wc -l <<< "$quiet")" <<< "$stderr")" "$quiet"
    xn -vT list
    has stderr "$stderr" "^$(date +%Y)-[0-9]{2}-[0-9]{2} [0-9:]{8} .*\\[[0-9]+\\] error: "
}

@test "a full disk under stdout is an error" {
    local words
    echo 'name="a" kernel="/k" memory=64' | tr ' ' '\n' > "$BATS_TEST_TMPDIR/a.cfg"
    for words in help 'help list' 'help --json' 'list --help' version 'version --json' --version \
        '__complete li' "create -n $BATS_TEST_TMPDIR/a.cfg"; do
        status=0
        # shellcheck disable=SC2086 # words
        stderr=$("$XN" $words 2>&1 > /dev/full) || status=$?
        status_is 1
        has stderr "$stderr" '[ "]cannot write the output: No space left on device'
    done
}

@test "a closed stdout is an error" {
    status=0
    stderr=$("$XN" version 2>&1 >&-) || status=$?
    status_is 1
    has stderr "$stderr" '^xn: version: cannot write the output: Bad file descriptor$'
}

@test "a reader that went away is no message" {
    {
        sleep 0.2
        status=0
        "$XN" help --json 2> "$BATS_TEST_TMPDIR/err" || status=$?
        echo $status > "$BATS_TEST_TMPDIR/status"
    } | true
    equal stderr "$(cat "$BATS_TEST_TMPDIR/err")" ""
    equal status "$(cat "$BATS_TEST_TMPDIR/status")" 1
}

@test "an error that nobody reads changes nothing" {
    status=0
    "$XN" frobnicate 2>&- || status=$?
    status_is 2
    status=0
    "$XN" frobnicate 2> /dev/full || status=$?
    status_is 2
}

@test "output does not depend on the locale" {
    local locale words help error
    printf 'name="caf\xc3\xa9"\nkernel="/k"\nmemory=64\nuuid="01234567-89ab-cdef-0123-456789abcdef"\n' \
        > "$BATS_TEST_TMPDIR/a.cfg"
    for words in 'help create' "create -n $BATS_TEST_TMPDIR/a.cfg" "list --filter x" 'frobnicate'; do
        # shellcheck disable=SC2086 # words
        LC_ALL=C xn $words
        help=$output error=$stderr
        for locale in POSIX C.UTF-8 en_US.UTF-8 de_DE.UTF-8 ja_JP.eucJP nonsense ''; do
            # shellcheck disable=SC2086
            LC_ALL=$locale xn $words
            equal "stdout of '$words' with LC_ALL=$locale" "$output" "$help"
            equal "stderr of '$words' with LC_ALL=$locale" "$stderr" "$error"
        done
    done
}

@test "words that are not UTF-8 are shown in a printable form" {
    fails 2 "unknown command 'caf\\xe9'" "see 'xn --help' for all commands" $'caf\xe9'
    fails 2 "unknown command 'café'" "see 'xn --help' for all commands" café
}

@test "very long words and many words" {
    local long many
    long=$(printf '%0100000d' 0)
    xn "$long"
    status_is 2
    xn list --columns "$long"
    status_is 2
    xn pause "--$long"
    status_is 2
    many=$(yes web | head -n 20000)
    # shellcheck disable=SC2086 # words
    xn rename $many
    status_is 2
    has stderr "$stderr" "^xn: rename: too many arguments: 'web'"
}
