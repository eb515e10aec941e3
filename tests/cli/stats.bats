#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn stats, without Xen.
load helper

@test "stats: help" {
    help_works stats
}

@test "stats: unknown options" {
    bad_options stats
    usage_error "option '--format': 'xml' is not one of table, json, csv, prometheus" "" stats --format xml
    usage_error "option '--format': 'prometeus' is not one of table, json, csv, prometheus" \
        "did you mean 'prometheus'?" stats --format=prometeus
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        stats --format=prometheus --csv
}

@test "stats: only stats knows prometheus" {
    usage_error "option '--format': 'prometheus' is not one of table, json, csv" "" list --format prometheus
}

@test "stats: columns" {
    usage_error "option '--columns': unknown column 'cpu_percnt'" "did you mean 'cpu_percent'?" \
        stats --columns cpu_percnt
    usage_error "option '--filter': 'much' is not a number to compare column 'cpu_percent' with" "" \
        stats --filter 'cpu_percent>much'
}

@test "stats: intervals" {
    usage_error "--interval is at least 100 ms" "" stats -i 50ms
    usage_error "--count needs --interval" "" stats -n 5
    xn stats --interval soon
    status_is 2
    xn stats --interval 5s --count x
    status_is 2
}

@test "stats: metrics are of all domains, and once" {
    usage_error "--format=prometheus prints once, and --interval repeats" \
        "with --textfile the file is written again and again" stats --format prometheus -i 5s
    usage_error "metrics for Prometheus are always of all domains" "" stats --format prometheus web
    usage_error "metrics for Prometheus are always of all domains" "" stats --textfile x.prom --sort name
    usage_error "--textfile writes metrics for Prometheus only" "" stats --textfile x.prom --csv
    usage_error "option '--textfile': empty file name" "" stats --textfile=
}

@test "stats: words that name no domain" {
    bad_domains stats
}

@test "stats: no Xen" {
    no_xen stats
    no_xen stats web --interval 5s --count 2
    no_xen stats --format prometheus
    no_xen stats --csv --columns name,cpu_time_ns --sort -cpu_time_ns
    json_error 4 no-xen stats --json
}

@test "stats: a textfile says that there is no Xen" {
    skip_with_xen
    cd "$BATS_TEST_TMPDIR"
    echo 'xen_up 1' > xn.prom
    no_xen stats --textfile xn.prom
    equal "xen_up" "$(grep -v '^#' xn.prom | grep '^xen_up')" "xen_up 0"
    equal "mode" "$(stat -c %a xn.prom)" 644
    equal "what else is there" "$(ls)" "$(printf 'stderr\nstdout\nxn.prom')"
    lacks "the file" "$(cat xn.prom)" '^xen_domain'
    # A folder that is not there changes nothing about the message.
    no_xen stats --textfile nowhere/xn.prom
}
