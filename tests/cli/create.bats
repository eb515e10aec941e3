#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn create without Xen: what it reads and what it refuses. The keys have tests of their own.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    cat > good.cfg <<-END
	name = "web"
	type = "pvh"
	memory = 512
	kernel = "/boot/vmlinuz"
	END
}

# wrong FIRST-LINE WORDS...: 'xn create -n WORDS...' ends with 1 and stderr begins with this line.
wrong() {
    local expected=$1
    shift
    xn create -n "$@"
    status_is 1 && equal stdout "$output" "" &&
        equal "first line" "${stderr%%$'\n'*}" "xn: create: $expected"
}

# memory [WORDS...]: what the checked configuration gives the guest, in KiB.
memory() {
    xn create -n "$@"
    status_is 0 && jq .b_info.max_memkb <<< "$output"
}

@test "create: help" {
    help_works create
}

@test "create: the help has xl's options" {
    xn create --help
    status_is 0
    has help "$output" '^  -i, --ignore-global-affinity-masks$'
    has help "$output" '^  -V, --vncviewer +start a VNC viewer that shows its screen$'
    has help "$output" '^  -A, --vncviewer-autopass +the same, and give the viewer the password$'
}

@test "create: unknown options" {
    bad_options create
    bad_formats create
    usage_error "unknown option '--dry-rnu'" "did you mean '--dry-run'?" create --dry-rnu good.cfg
    usage_error "unknown option '-z' in '-nz'" "see 'xn create --help'" create -nz good.cfg
    usage_error "option '-f' needs a value" "write it as -f FILE" create -f
    usage_error "option '-f': empty file name" "" create -f ''
}

@test "create: one file" {
    local hint="create takes one; settings are written as key=value"
    usage_error "no configuration file is named" \
        "name one, or /dev/null to give everything as key=value" create -n
    usage_error "no configuration file is named" \
        "name one, or /dev/null to give everything as key=value" create memory=5
    usage_error "-c is for one guest, and several files are named" "" create -c a.cfg b.cfg
    usage_error "-F is for one guest, and several files are named" "" create -F a.cfg b.cfg
    usage_error "two configuration files: 'a.cfg' and 'b.cfg'" "$hint" create -n -f a.cfg b.cfg
    usage_error "FILE|KEY=VALUE: empty file name" "" create ''
    usage_error "-e and -F exclude each other" \
        "-e: nobody looks after the guest; -F: this command does" create -eF good.cfg
}

@test "create: no Xen" {
    no_xen create good.cfg
    no_xen create -pcq good.cfg memory=64
    no_xen create -e --defconfig=good.cfg
    no_xen create -iVA good.cfg
    no_xen create --ignore-global-affinity-masks --vncviewer --vncviewer-autopass good.cfg
    json_error 4 no-xen create --json good.cfg
}

@test "create: dry run of a good file" {
    local way
    for way in '-n good.cfg' '--dry-run good.cfg' '--dryrun good.cfg' 'good.cfg -n' \
        '-n -f good.cfg' '-nfgood.cfg' '--defconfig good.cfg -n'; do
        # shellcheck disable=SC2086 # words
        xn create $way
        status_is 0
        equal stderr "$stderr" ""
        equal name "$(jq -r .c_info.name <<< "$output")" web
    done
    xn -N create good.cfg
    status_is 0
    equal name "$(jq -r .c_info.name <<< "$output")" web
}

@test "create: CPU masks and viewers mean nothing to a dry run without Xen" {
    skip_with_xen
    equal "with -i, -V and -A" "$(memory -iVA good.cfg)" 524288
}

@test "create: JSON files need libxl and a host" {
    skip_with_xen
    local file message hint="run this as root where Xen runs, or use a configuration file"
    "$XN" create -n good.cfg > web.json
    printf '[%s]' "$(< web.json)" > list.json
    { printf '\xef\xbb\xbf\n \t'; cat web.json; } > bom.json
    printf '[{"domid": 7, "config": %s}]' "$(< web.json)" > long.json
    for file in web.json list.json bom.json long.json; do
        message="create: '$file' is JSON, which only libxl can read, and only on a host"
        fails 4 "$message" "$hint" create -n "$file"
        fails 4 "$message" "$hint" create -n -f "$file"
    done
    no_xen create web.json
    json_error 4 no-xen create -n --json web.json
    json_error 4 no-xen create --json web.json
    fails 2 "create: 'web.json' is JSON: 'memory=64' cannot change it" "change it in the file" \
        create -n web.json memory=64
}

@test "create: mistakes in a JSON file are found without a host" {
    local kind="it needs what 'xn create --dry-run' prints: an object with \"c_info\" and \"b_info\""
    "$XN" create -n good.cfg > web.json
    printf '[%s,%s]' "$(< web.json)" "$(< web.json)" > two.json
    fails 1 "create: 'two.json' holds the configurations of 2 guests, not of one" \
        "write one file for each: xn list --long DOMAIN" create -n two.json
    echo '{ "name": "web" }' > other.json
    fails 1 "create: 'other.json' is JSON, but no configuration of a guest" "$kind" create -n other.json
    echo '[1]' > number.json
    fails 1 "create: 'number.json' is JSON, but no configuration of a guest" "$kind" create -n number.json
    head -c 100 web.json > short.json
    xn create -n short.json
    status_is 1
    has stderr "$stderr" '^xn: create: short\.json:[0-9]+:[0-9]+: the JSON ends too early'
    json_error 1 config-invalid create -n --json short.json
}

@test "create: settings come on top of the file, in their order" {
    equal "from the file" "$(memory good.cfg)" 524288
    equal "one setting" "$(memory good.cfg memory=64)" 65536
    equal "the last of two" "$(memory good.cfg memory=64 memory=65)" 66560
    equal "before the file's name" "$(memory memory=66 good.cfg)" 67584
    equal "without a file" "$(memory /dev/null 'name="a"' 'kernel="/k"' memory=67)" 68608
    xn create -n good.cfg 'name="web 2"' 'disk=[ "/a,raw,xvda,w", "/b,raw,xvdb,r" ]'
    status_is 0
    equal name "$(jq -r .c_info.name <<< "$output")" "web 2"
    equal disks "$(jq -r '[.disks[].vdev] | join(" ")' <<< "$output")" "xvda xvdb"
}

@test "create: wrong settings" {
    wrong "argument 1:1:6: 'web' stands without quotes; write it as \"web\"" good.cfg name=web
    wrong "argument 1:1:8: expected a value, not the end" good.cfg memory=
    wrong "argument 2:1:8: one '=' is enough" good.cfg vcpus=2 memory==
    wrong "argument 1:1:1: the key before '=' is missing" good.cfg =3
}

@test "create: unknown keys" {
    xn create -n good.cfg memroy=64
    status_is 0
    equal stderr "$stderr" "xn: create: argument 1:1:1: warning: unknown key 'memroy'; \
did you mean 'memory'?
    memroy=64
    ^~~~~~"
    xn create -n -q good.cfg memroy=64
    status_is 0
    equal "stderr with -q" "$stderr" ""
    wrong "argument 1:1:1: unknown key 'memroy'; did you mean 'memory'?" --strict good.cfg memroy=64
}

@test "create: DOS line ends, byte order mark, no end of line" {
    sed 's/$/\r/' good.cfg > dos.cfg
    xn create -n dos.cfg
    status_is 0
    has stderr "$stderr" '^xn: create: dos\.cfg:(1:13:)? warning: .*CR LF'
    equal name "$(jq -r .c_info.name <<< "$output")" web
    { printf '\xef\xbb\xbf'; cat good.cfg; } > bom.cfg
    equal "with a byte order mark" "$(memory bom.cfg)" 524288
    printf '%s' "$(cat good.cfg)" > noeol.cfg
    equal "no end of line" "$(memory noeol.cfg)" 524288
}

@test "create: NUL bytes and binary junk" {
    printf 'name = "web"\nmem\0ory = 64\n' > nul.cfg
    wrong 'nul.cfg:2:4: the byte \x00 has no place in a configuration file' nul.cfg
    { cat good.cfg; printf '\0'; } > end.cfg
    wrong 'end.cfg:5:1: the byte \x00 has no place in a configuration file' end.cfg
    # Always the same, so that a failure can be looked at.
    awk 'BEGIN { srand(7); for (i = 0; i < 4000; i++) printf "%c", 1 + int(rand() * 255) }' > junk.cfg
    xn create -n junk.cfg
    status_is 1
    equal stdout "$output" ""
    has stderr "$stderr" '^xn: create: junk\.cfg:[0-9]+:[0-9]+: '
    lacks stderr "$stderr" $'[\001-\010\013-\037\177]'
}

@test "create: random bytes never do harm" {
    local size
    for size in 1 3 17 64 500 3000; do
        head -c "$size" /dev/urandom > random.cfg
        xn create -n random.cfg
        if [ "$status" != 1 ]; then
            od -A d -t x1z random.cfg
            status_is 1
        fi
        equal stdout "$output" ""
    done
}

@test "create: things that are no files" {
    local hint=$'\nhint: only regular files are read; /dev/null stands for an empty one'
    mkdir dir.cfg
    wrong "'dir.cfg' is a directory, not a configuration file" dir.cfg
    equal stderr "$stderr" "xn: create: 'dir.cfg' is a directory, not a configuration file$hint"
    wrong "'/dev/zero' is a device, not a configuration file" /dev/zero
    wrong "cannot open 'missing.cfg': No such file or directory" missing.cfg
    ln -s nowhere dangling.cfg
    wrong "cannot open 'dangling.cfg': No such file or directory" dangling.cfg
    ln -s loop.cfg loop.cfg
    wrong "cannot open 'loop.cfg': Too many levels of symbolic links" loop.cfg
    wrong "cannot open 'good.cfg/x': Not a directory" good.cfg/x
    wrong "cannot open 'a\\x1b[31m\\x0ab.cfg': No such file or directory" $'a\e[31m\nb.cfg'
}

@test "create: a pipe does not block" {
    mkfifo pipe.cfg
    call timeout 5 "$XN" create -n pipe.cfg
    status_is 1
    equal "first line" "${stderr%%$'\n'*}" \
        "xn: create: 'pipe.cfg' is a pipe, not a configuration file"
}

@test "create: a file that this user may not read" {
    local place
    place=$(mktemp -d /tmp/xn-cli.XXXXXX)
    cp "$XN" "$place/xn"
    cp good.cfg "$place"
    chmod 755 "$place" "$place/xn"
    chmod 000 "$place/good.cfg"
    if [ "$(id -u)" = 0 ]; then
        call setpriv --reuid=65534 --regid=65534 --clear-groups "$place/xn" create -n "$place/good.cfg"
    else
        call "$place/xn" create -n "$place/good.cfg"
    fi
    rm -rf "$place"
    status_is 1
    equal stderr "$stderr" "xn: create: cannot open '$place/good.cfg': Permission denied"
}

@test "create: a file of 100 MB is refused at once and without eating memory" {
    truncate -s 100M big.cfg
    # A sanitizer wants address space for itself.
    if grep -q __asan_init "$XN"; then
        call timeout 5 "$XN" create -n big.cfg
    else
        call timeout 1 bash -c 'ulimit -v 100000 && exec "$@"' - "$XN" create -n big.cfg
    fi
    status_is 1
    equal "first line" "${stderr%%$'\n'*}" \
        "xn: create: 'big.cfg' is too large for a configuration file: 100 MiB, the limit is 1 MiB"
    # The largest that is read.
    { cat good.cfg; yes '# a comment that makes the file long' | head -c 1000000; } > long.cfg
    call timeout 5 "$XN" create -n long.cfg
    status_is 0
}

@test "create: the old syntax of xm is named as what it is" {
    local line
    for line in 'import os' 'def f(): pass' 'vif = [ "mac=%s" % x ]'; do
        { cat good.cfg; echo "$line"; } > xm.cfg
        xn create -n xm.cfg
        status_is 1
        has stderr "$stderr" '^xn: create: xm\.cfg:5:[0-9]+: this is old xm syntax'
    done
}

@test "create: syntax errors have their place" {
    echo 'name = "web' > a.cfg
    wrong 'a.cfg:1:8: the string is not closed on its line; a line break in a string is written \n' a.cfg
    printf 'name = "a"\ndisk = [ "x",\n' > b.cfg
    wrong "b.cfg:2:8: the list is not closed; its ']' is missing" b.cfg
    : > empty.cfg
    wrong 'empty.cfg: the guest has no name; add name = "..."' empty.cfg
}

@test "create: errors as JSON" {
    json_error 1 file create -n --json missing.cfg
    json_error 2 usage create --json
    json_error 2 usage create --json -eF good.cfg
    xn create -n --json --strict good.cfg memroy=64
    status_is 1
    equal cause "$(jq -c '.cause | values' <<< "$stderr")" '["    memroy=64","    ^~~~~~"]'
    json_error 2 usage create --json --dry-rnu good.cfg
}

@test "create: warnings and errors are data with --json" {
    xn create -n --json good.cfg memroy=64
    status_is 0
    equal name "$(jq -r .c_info.name <<< "$output")" web
    equal stderr "$(jq -c '[.schema_version, (.diagnostics[] | [.severity, .code])]' <<< "$stderr")" \
        '[1,["warning","unknown-key"]]'
    xn create -n --json -q good.cfg memroy=64
    status_is 0
    equal "stderr with -q" "$stderr" ""
    xn create -n --json good.cfg memroy=64 memory=
    status_is 1
    equal stdout "$output" ""
    equal "the documents" "$(jq -c '([.diagnostics[]?.code] | sort) + [.code]' <<< "$stderr")" \
        '["syntax","unknown-key",null]
["config-invalid"]'
    xn create -n --json -q good.cfg memroy=64 memory=
    status_is 1
    equal "the documents with -q" "$(jq -c '[.diagnostics[]?.code] + [.code]' <<< "$stderr")" \
        '["syntax",null]
["config-invalid"]'
}

@test "create: as any user" {
    [ "$(id -u)" = 0 ] || skip "this is not root anyway"
    local place
    place=$(mktemp -d /tmp/xn-cli.XXXXXX)
    cp "$XN" "$place/xn"
    cp good.cfg "$place"
    chmod -R a+rX "$place"
    call setpriv --reuid=65534 --regid=65534 --clear-groups "$place/xn" create -n "$place/good.cfg"
    rm -rf "$place"
    status_is 0
    equal stderr "$stderr" ""
}
