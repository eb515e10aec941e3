#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn sched-rtds, without Xen.
load helper

@test "sched-rtds: help" {
    help_works sched-rtds
}

@test "sched-rtds: unknown options and columns" {
    bad_options sched-rtds
    usage_error "option '--format': 'xml' is not one of table, json, csv" "" sched-rtds --format xml
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" sched-rtds --columns nmae
    usage_error "options '--format' and '--csv' contradict each other" "choose one format" \
        sched-rtds --format=table --csv
}

@test "sched-rtds: what does not go together" {
    usage_error "--cpupool goes with no other option of this command" "" sched-rtds -c 0 -d web
    usage_error "--vcpuid=all stands for all CPUs: name no others" "" sched-rtds -d web -v all -v 0
    usage_error "CPU 0 of which domain?" "name it with --domain" sched-rtds -v 0
    usage_error "whose period, budget or extra time shall change?" "name a domain with --domain" \
        sched-rtds -p 10000
    usage_error "which CPU of 'web' shall change?" \
        "name it with --vcpuid, or all of them with --vcpuid=all" sched-rtds -d web -p 10000
    usage_error "--period is given 1 time for 2 CPUs" "" sched-rtds -d web -v 0 -v 1 -p 10000
    usage_error "--budget is given 2 times for 1 CPU" "" sched-rtds -d web -v 0 -p 5000 -b 1 -b 2
}

@test "sched-rtds: numbers out of range" {
    usage_error "period 9 is out of range: it can be 10 to 4294967295 us" "" \
        sched-rtds -d web -v 0 -p 9
    usage_error "budget 0 is out of range: it can be 10 to 4294967295 us" "" \
        sched-rtds -d web -v 0 -b 0
    usage_error "extra time 2 is out of range: it can be 0 to 1" "" sched-rtds -d web -v 0 -e 2
    usage_error "a budget of 5000 us does not fit into 4000 us" "" \
        sched-rtds -d web -v all -p 4000 -b 5000
    usage_error "option '-v': 'x' is no CPU of a guest" "give its number, counted from 0, or 'all'" \
        sched-rtds -d web -v x
    usage_error "option '-p': '-1' is not a number" "give a whole number from 0 to 2147483647" \
        sched-rtds -d web -v 0 -p -1
}

@test "sched-rtds: no Xen" {
    no_xen sched-rtds
    no_xen sched-rtds -v all
    no_xen sched-rtds -d web -v 0 -b 4000 -v 1 -b 1000
    no_xen sched-rtds -c batch
    skip_with_xen
    json_error 4 no-xen sched-rtds --json
}
