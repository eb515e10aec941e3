#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn cpupool-create, without Xen.
load helper

@test "cpupool-create: help" {
    help_works cpupool-create
}

@test "cpupool-create: unknown options" {
    bad_options cpupool-create
    bad_formats cpupool-create
}

@test "cpupool-create: a file or settings" {
    usage_error "nothing says what the CPU pool shall be" \
        "name a file, or give settings such as name=batch cpus=2-3" cpupool-create
    usage_error "two configuration files: 'a' and 'b'" "settings are written as key=value" \
        cpupool-create a b
    usage_error "two configuration files: 'a' and 'b'" "settings are written as key=value" \
        cpupool-create -f a b
}

@test "cpupool-create: no Xen" {
    no_xen cpupool-create name=batch
    no_xen cpupool-create -n name=batch cpus=2-3 sched=credit
    no_xen cpupool-create --dryrun -f /dev/null
    json_error 4 no-xen cpupool-create --json name=batch
}

@test "cpupool-create: completion" {
    xn __complete cpupool-create sch
    equal completion "$output" ":files
sched=credit
sched=credit2
sched=rtds
sched=arinc653
sched=null"
    xn __complete cpupool-create batch.pool n
    equal completion "$output" ":files
name=
nodes="
}
