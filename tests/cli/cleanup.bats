#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cleanup, without Xen.
load helper

# offers EXPECTED WORDS...: the candidates for the last word, one line with blanks.
offers() {
    local expected=$1
    shift
    xn __complete "$@"
    status_is 0 && equal stderr "$stderr" "" &&
        equal "what is offered for '$*'" "${output//$'\n'/ }" "$expected"
}

KINDS="half-built suspended incoming migrated-away zombie mark loop backend libxl-node domain-node \
vm-node vif userdata part-file lock"

@test "cleanup: help" {
    help_works cleanup
}

@test "cleanup: unknown options" {
    bad_options cleanup
    usage_error "unknown option '--yess'" "did you mean '--yes'?" cleanup --yess
    usage_error "unknown option '-x' in '-yx'" "see 'xn cleanup --help'" cleanup -yx
    usage_error "option '--yes' takes no value, but 'no' was given" "see 'xn cleanup --help'" \
        cleanup --yes=no
    usage_error "option '--kind' needs a value" "write it as --kind=KIND" cleanup --kind
    usage_error "option '--kind': 'nope' is not one of ${KINDS// /, }" "" cleanup --kind nope
    usage_error "option '-k': 'lop' is not one of ${KINDS// /, }" "did you mean 'loop'?" \
        cleanup -k vif -k lop
    usage_error "option '--columns': unknown column 'knid'" "did you mean 'kind'?" \
        cleanup --columns knid
}

@test "cleanup: folders" {
    usage_error "FOLDER: empty file name" "" cleanup ''
    usage_error "FOLDER: empty file name" "" cleanup /tmp '' --yes
}

@test "cleanup: no Xen" {
    no_xen cleanup
    no_xen cleanup --yes
    no_xen cleanup -y -k suspended --kind=vif /tmp
    no_xen cleanup --columns all --sort -domid --filter 'kind!=vif' --no-header --csv
    json_error 4 no-xen cleanup --json
}

@test "cleanup: usage errors as JSON" {
    json_error 2 usage cleanup --json --kind nope
    json_error 2 usage cleanup --json --frobnicate
}

@test "cleanup: completion" {
    offers "$KINDS" cleanup --kind ''
    offers "migrated-away mark" cleanup -k m
    offers "--kind=vm-node --kind=vif" cleanup --kind=v
    offers "--yes" cleanup --y
    offers "kind" cleanup --columns k
}
