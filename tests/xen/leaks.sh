# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What a test must leave as it found it. Sourced by run-tests.

# One line per thing that could be left behind, sorted. What changes by itself is left out: domain 0's
# own nodes, the content of files, logs by design.
host_state() {
    {
        xl list | awk 'NR > 1 { print "domain", $1, $2 }'
        xenstore-ls -f / | sed -E 's/ = .*//' |
            grep -vE '^/(local/domain/0/(memory|cpu|device|console)|tool/|(libxl|vm)$)' | sed 's/^/xenstore /'
        losetup -n -O NAME,BACK-FILE 2> /dev/null | sed 's/^/loop /'
        ip -o link | awk '{ print "link", $2 }' | sed 's/@.*//'
        ps -eo comm=,args= | grep -E '^(xn|qemu|xenconsole|libxl-save|vif-|block)' |
            grep -v '^xenconsoled' | sed 's/^/process /'
        find /run/xen /var/lib/xen /var/lock /tmp /var/tmp -xdev \
            -path '/tmp/xn-tests.*' -prune -o -path '/tmp/systemd-*' -prune -o \
            -path '/var/tmp/systemd-*' -prune -o -not -name 'domid-history*' -not -name 'xn-supervisor.lock' -print | sed 's/^/file /'
        lslocks -n -o COMMAND,PATH | grep -E '/xen|/lock/' | sed 's/^/lock /'
        ls /var/log/xen | grep -vE '^(xl-|xn-|qemu-dm-|xen-hotplug|bootloader|xenstored|console)' |
            sed 's/^/log /'
    } | sort
}

# Waits a little for what ends by itself (udev, xenstored's clean-up, a dying supervisor), then compares.
settle() {
    local before=$1 after=$2
    for pause in 0 1 2 4 8; do
        sleep "$pause"
        host_state > "$after"
        cmp -s "$before" "$after" && return 0
    done
    return 1
}

# After a leak: gets rid of guests, so that the next test starts on a clean host.
clean_host() {
    local name
    for name in $(xl list | awk 'NR > 1 && $2 != 0 { print $2 }'); do
        xl destroy "$name" 2> /dev/null
    done
    sleep 2
}
