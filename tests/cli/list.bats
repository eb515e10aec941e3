#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn list, without Xen.
load helper

@test "list: help" {
    help_works list
}

@test "list: unknown options" {
    bad_options list
    usage_error "unknown option '--colums'" "did you mean '--columns'?" list --colums name
    usage_error "unknown option '-x' in '-lvx'" "see 'xn list --help'" list -lvx
    usage_error "option '--json' takes no value, but '1' was given" "see 'xn list --help'" \
        list --json=1
    usage_error "option '--c' is ambiguous between '--context', '--cpupool', '--csv', '--columns'" \
        "" list --c
}

@test "list: formats" {
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" list --format xml
    usage_error "option '--format': 'cvs' is not one of table, json, csv" "did you mean 'csv'?" \
        list --format=cvs
    usage_error "option '--format' needs a value" "write it as --format=FORMAT" list --format
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        list --format=table --csv
    json_error 2 usage list --json --csv
}

@test "list: columns" {
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" \
        list --columns nmae
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" \
        list --columns=name,nmae,domid
    usage_error "option '--columns' needs a value" "write it as --columns=LIST" list --columns
    usage_error "option '--sort': unknown column 'nmae'" "did you mean 'name'?" list --sort -nmae
    xn list --columns ''
    status_is 2
    has hint "$stderr" '^hint: the columns are name, domid, uuid, '
    xn list --columns name,,domid
    status_is 2
}

@test "list: filters" {
    local hint="write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N"
    usage_error "option '--filter': 'state' is not a filter" "$hint" list --filter state
    usage_error "option '--filter': '=x' is not a filter" "$hint" list --filter =x
    usage_error "option '--filter': 'state!x' is not a filter" "$hint" list --filter 'state!x'
    usage_error "option '--filter': unknown column 'stat'" "did you mean 'state'?" \
        list --filter stat=x
    usage_error "option '--filter': column 'name' holds no numbers to compare with '<'" \
        "use '=' or '!='" list --filter 'name<5'
    usage_error "option '--filter': 'big' is not a number to compare column 'memory_kib' with" "" \
        list --filter 'memory_kib>big'
    usage_error "option '--filter': '' is not a filter" "$hint" list --filter 'domid>0' --filter ''
}

@test "list: words that name no domain" {
    usage_error "DOMAIN: empty domain name" "name a domain by its name, domid or UUID" list ''
    bad_domains list
}

@test "list: stopped guests have no configuration to print" {
    usage_error "--all and --long exclude each other: a stopped guest has only its file" "" \
        list --all --long
    no_xen list --all
    no_xen list -a web --csv
}

@test "list: no Xen" {
    no_xen list
    no_xen list -lvZcn web db
    no_xen list --columns all --sort -memory_kib,name --filter 'name!=Domain-0' --no-header --csv
    no_xen list --lo
    no_xen list -- -web
}

@test "list: no Xen, as JSON" {
    skip_with_xen
    json_error 4 no-xen list --json
    json_error 4 no-xen list --format=json web
}

@test "list: usage errors as JSON" {
    json_error 2 usage list --json --columns nmae
    json_error 2 usage list --json --filter x
    json_error 2 usage list --json --colums
}
