#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn sched-credit2, without Xen.
load helper

@test "sched-credit2: help" {
    help_works sched-credit2
}

@test "sched-credit2: unknown options and columns" {
    bad_options sched-credit2
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" sched-credit2 --format xml
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" sched-credit2 --columns nmae
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        sched-credit2 --format=table --csv
}

@test "sched-credit2: what does not go together" {
    usage_error "options of a domain and those of a CPU pool exclude each other" "" sched-credit2 -d web -p 0
    usage_error "options of a domain and those of a CPU pool exclude each other" "" sched-credit2 -d web -s
    usage_error "options of a domain and those of a CPU pool exclude each other" "" sched-credit2 -w 5 -s
    usage_error "whose weight or cap shall change?" "name a domain with --domain" sched-credit2 -w 256
    usage_error "whose weight or cap shall change?" "name a domain with --domain" sched-credit2 --cap=50
    usage_error "parameters of a CPU pool are changed with --schedparam only" \
        "add -s, and the pool with -p" sched-credit2 -r 500
    usage_error "a change: there is no list to choose from" "the results are printed with --json" \
        sched-credit2 -d web -w 5 --csv
    usage_error "too many arguments: 'web'" "see 'xn sched-credit2 --help'" sched-credit2 web
}

@test "sched-credit2: numbers out of range" {
    usage_error "weight 0 is out of range: it can be 1 to 65535" "" sched-credit2 -d web -w 0
    usage_error "weight 65536 is out of range: it can be 1 to 65535" "" sched-credit2 -d web -w 65536
    usage_error "option '-w': 'x' is not a number" "give a whole number from 0 to 2147483647" \
        sched-credit2 -d web -w x
    usage_error "option '-c': '-5' is not a number" "give a whole number from 0 to 2147483647" \
        sched-credit2 -d web -c -5
    usage_error "rate limit 50 is out of range: it can be 100 to 500000 us, or 0 for none" "" \
        sched-credit2 -s -r 50
    usage_error "rate limit 500001 is out of range: it can be 100 to 500000 us, or 0 for none" "" \
        sched-credit2 -s --ratelimit_us=500001
}

@test "sched-credit2: words that name no domain or pool" {
    usage_error "option '-d': empty domain name" "name a domain by its name, domid or UUID" sched-credit2 -d ''
    usage_error "option '--cpupool': empty pool name" "" sched-credit2 --cpupool=
}

@test "sched-credit2: no Xen" {
    no_xen sched-credit2
    no_xen sched-credit2 -d web
    no_xen sched-credit2 -d web -w 512 -c 0
    no_xen sched-credit2 -s -r 0 -p Pool-0
    no_xen sched-credit2 --filter 'weight>256'
    skip_with_xen
    json_error 4 no-xen sched-credit2 --json
}
