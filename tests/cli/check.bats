#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn check: what it finds without Xen, and how it says it.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf 'name = "web"\ntype = "pvh"\nmemory = 512\nkernel = "/boot/vmlinuz"\n' > good.cfg
    { cat good.cfg; printf 'memroy = 512\non_crash = "retsart"\nvcpus = "x"\n'; } > bad.cfg
    { cat good.cfg; echo 'memroy = 512'; } > odd.cfg
}

WARNING="odd.cfg:5:1: warning: unknown key 'memroy'; did you mean 'memory'?
    memroy = 512
    ^~~~~~"
ERRORS="bad.cfg:6:12: 'retsart' is no value of 'on_crash'; did you mean 'restart'?
    on_crash = \"retsart\"
               ^~~~~~~~~
bad.cfg:7:9: 'x' is not a number, as 'vcpus' needs it
    vcpus = \"x\"
            ^~~"

# finds STATUS TEXT WORDS...: 'xn check WORDS...' prints exactly this, and nothing on stderr.
finds() {
    local expected=$1 text=$2
    shift 2
    xn check "$@"
    status_is "$expected" && equal stdout "$output" "$text" && equal stderr "$stderr" ""
}

@test "check: help" {
    help_works check
}

@test "check: wrong usage" {
    bad_options check
    usage_error "'xn check' needs FILE|KEY=VALUE" "usage: xn check [OPTION]... FILE|KEY=VALUE..." check
    usage_error "no configuration file is named" \
        "name one or more; settings are written as key=value" check memory=64
    usage_error "FILE|KEY=VALUE: empty file name" "" check ''
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" check --format xml good.cfg
    usage_error "option '--columns': unknown column 'lien'" "did you mean 'line'?" \
        check --columns lien good.cfg
    usage_error "option '--sort': unknown column 'lien'" "did you mean 'line'?" check --sort lien good.cfg
    usage_error "option '--filter': column 'code' holds no numbers to compare with '<'" \
        "use '=' or '!='" check --filter 'code<5' good.cfg
    json_error 2 usage check --json
    json_error 2 usage check --json memory=64
}

@test "check: nothing to say" {
    finds 0 "" good.cfg
    finds 0 "" --strict good.cfg good.cfg
    finds 0 "" good.cfg memory=64 'name="web2"'
    finds 0 "" /dev/null 'name="a"' 'kernel="/k"' memory=64
}

@test "check: what a file names need not be there" {
    finds 0 "" good.cfg 'disk=["/nonexistent/disk,raw,xvda,w"]' 'vif=["bridge=nonexistent0"]'
}

@test "check: errors and warnings, all of them" {
    finds 1 "${WARNING//odd/bad}"$'\n'"$ERRORS" bad.cfg
}

@test "check: warnings count, but not with -q" {
    finds 1 "$WARNING" odd.cfg
    finds 0 "" -q odd.cfg
    finds 1 "$ERRORS" -q bad.cfg
    finds 1 "$ERRORS" --quiet odd.cfg bad.cfg
}

@test "check: unknown keys as errors" {
    finds 1 "${WARNING/warning: /}" --strict odd.cfg
    finds 1 "${WARNING/warning: /}" -q --strict odd.cfg
}

@test "check: several files, in their order" {
    finds 1 "$WARNING"$'\n'"${WARNING//odd/bad}"$'\n'"$ERRORS" odd.cfg good.cfg bad.cfg
    finds 1 "${WARNING//odd/bad}"$'\n'"$ERRORS"$'\n'"$WARNING" bad.cfg good.cfg odd.cfg
}

@test "check: settings come on top of each file" {
    local wrong="argument 1:1:8: 'x' stands without quotes; write it as \"x\"
    memory=x
           ^"
    finds 1 "$wrong" good.cfg memory=x
    finds 1 "$wrong" memory=x good.cfg
    finds 1 "$wrong"$'\n'"$wrong" good.cfg memory=x good.cfg
}

@test "check: files that cannot be read are problems, too" {
    mkdir dir.cfg
    finds 1 "missing.cfg: cannot open 'missing.cfg': No such file or directory"$'\n'"$WARNING" \
        missing.cfg odd.cfg
    finds 1 "missing.cfg: cannot open 'missing.cfg': No such file or directory" -q missing.cfg
    finds 1 "dir.cfg: 'dir.cfg' is a directory, not a configuration file; \
only regular files are read; /dev/null stands for an empty one" dir.cfg
    xn check --json missing.cfg
    status_is 1
    equal diagnostic "$(jq -c '.diagnostics[] | [.severity, .code, .file, .line, .column, .excerpt]' <<< "$output")" \
        '["error","unreadable","missing.cfg",null,null,null]'
}

@test "check: a problem without a place" {
    : > empty.cfg
    xn check --json empty.cfg
    status_is 1
    equal diagnostics "$(jq -c '.diagnostics[] | [.code, .file, .line]' <<< "$output")" \
        '["missing-key","empty.cfg",null]
["missing-key","empty.cfg",null]'
}

@test "check: as JSON" {
    xn check --json good.cfg
    status_is 0
    equal stdout "$(jq -c . <<< "$output")" '{"schema_version":1,"diagnostics":[]}'
    xn check --json odd.cfg good.cfg
    status_is 1
    equal stderr "$stderr" ""
    equal stdout "$(jq -c . <<< "$output")" '{"schema_version":1,"diagnostics":[{"severity":"warning",'\
'"code":"unknown-key","file":"odd.cfg","line":5,"column":1,"length":6,"message":"unknown key '\''memroy'\''",'\
'"hint":"did you mean '\''memory'\''?","excerpt":"memroy = 512","excerpt_column":1}]}'
    xn check --json -q odd.cfg
    status_is 0
    equal "diagnostics with -q" "$(jq -c .diagnostics <<< "$output")" '[]'
    xn check --json --columns line,code bad.cfg
    status_is 1
    equal "two columns" "$(jq -c '.diagnostics[]' <<< "$output")" '{"line":5,"code":"unknown-key"}
{"line":6,"code":"unknown-value"}
{"line":7,"code":"not-a-number"}'
}

@test "check: as table and CSV" {
    finds 1 "SEVERITY FILE    LINE COLUMN MESSAGE              HINT
warning  odd.cfg    5      1 unknown key 'memroy' did you mean 'memory'?" --format=table odd.cfg
    finds 1 "severity,file,line,column,message,hint
warning,odd.cfg,5,1,unknown key 'memroy',did you mean 'memory'?" --csv odd.cfg
    finds 0 "SEVERITY FILE LINE COLUMN MESSAGE HINT" --format=table good.cfg
    finds 1 "bad.cfg,6,'retsart' is no value of 'on_crash'
bad.cfg,7,\"'x' is not a number, as 'vcpus' needs it\"" \
        -q --csv --no-header --columns file,line,message bad.cfg
    finds 1 $'7\n6\n5' --csv --no-header --columns line --sort -line bad.cfg
    finds 1 $'5' --csv --no-header --columns line --filter severity=warning bad.cfg
}

@test "check: a filter does not change the status" {
    finds 1 "" --csv --no-header --filter severity=error odd.cfg
}

@test "check: options of listings without a format" {
    finds 1 $'LINE CODE\n   5 unknown-key' --columns line,code odd.cfg
}

@test "check: too many warnings to keep" {
    { cat good.cfg; seq -f 'zz%g = 1' 150; } > many.cfg
    xn check many.cfg
    status_is 1
    equal "last line" "${output##*$'\n'}" "many.cfg: and 50 more"
    xn check --json many.cfg
    status_is 1
    equal "problems that are kept" "$(jq '.diagnostics | length' <<< "$output")" 100
    # Errors are among them.
    xn check --json many.cfg 'vcpus="x"'
    status_is 1
    equal errors "$(jq -c '[.diagnostics[] | select(.severity == "error").code]' <<< "$output")" '["not-a-number"]'
    finds 0 "" -q many.cfg
}

@test "check: JSON files need libxl and a host" {
    skip_with_xen
    "$XN" create -n good.cfg > web.json
    xn check web.json
    status_is 1
    has stdout "$output" "^web\.json: 'web\.json' is JSON, which only libxl can read, and only on a host; "
    xn check --json web.json odd.cfg
    status_is 1
    equal codes "$(jq -c '[.diagnostics[].code]' <<< "$output")" '["failed","unknown-key"]'
}

@test "check: --host needs Xen" {
    no_xen check --host good.cfg
    no_xen check --host bad.cfg
    json_error 4 no-xen check --host --json good.cfg
}

@test "check: the access w! of a disk" {
    finds 0 "" good.cfg 'disk=["/dev/vg/a,raw,xvda,w!"]'
    finds 0 "" good.cfg 'disk=["vdev=xvda,access=w!,target=/dev/vg/a"]'
    xn check good.cfg 'disk=["/dev/vg/a,raw,xvda,r!"]'
    status_is 1
    has stdout "$output" "'r!' is no value of 'access'; expected one of r, ro, w, rw, w!\$"
}

# target TEXT: the file that a disk with w! stands in; create shows it.
target() {
    xn create -n good.cfg "disk=[\"$1\"]"
    status_is 0 && equal target "$(jq -r '.disks[0].pdev_path' <<< "$output")" "$2"
}

@test "check: w! means the access alone" {
    target /dev/vg/a,raw,xvda,w! /dev/vg/a
    target '/srv/aw!,raw,xvda,w!' '/srv/aw!'
    target 'w!,raw,xvda,w' 'w!'
    target 'vdev=xvda,access=w,target=/srv/a,w!' '/srv/a,w!'
}

@test "check: as any user" {
    [ "$(id -u)" = 0 ] || skip "this is not root anyway"
    local place
    place=$(mktemp -d /tmp/xn-cli.XXXXXX)
    cp "$XN" "$place/xn"
    cp odd.cfg "$place"
    chmod -R a+rX "$place"
    call setpriv --reuid=65534 --regid=65534 --clear-groups "$place/xn" check "$place/odd.cfg"
    rm -rf "$place"
    status_is 1
    equal stdout "$output" "$place/$WARNING"
}

# offered WORDS...: the candidates for the last word, one line with blanks.
offered() {
    xn __complete "$@"
    status_is 0 && equal stderr "$stderr" "" && printf '%s' "${output//$'\n'/ }"
}

@test "check: completion of files and settings" {
    equal "the beginning of a key" "$(offered check on_c)" ":files on_crash="
    equal "behind a file" "$(offered check web.cfg on_c)" ":files on_crash="
    equal "words" "$(offered check on_crash=re)" ":files on_crash=restart on_crash=rename-restart"
    equal "yes and no" "$(offered check driver_domain=)" ":files driver_domain=0 driver_domain=1"
    equal "any text" "$(offered check name=)" ":files"
    equal "no keys before a letter" "$(offered check '')" ':files'
    lacks "keys without effect" "$(offered check v)" 'vif2=|vncviewer='
    equal columns "$(offered check --columns=exc)" "--columns=excerpt --columns=excerpt_column"
    equal formats "$(offered check --format=)" "--format=table --format=json --format=csv"
}
