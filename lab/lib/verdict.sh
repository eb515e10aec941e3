# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The lab knows when it lies: a host whose kernel or hypervisor reports trouble of its own proves nothing.
# Soft lockups and RCU stalls are left out: they only say that this machine was too busy for a while.

TROUBLE='segfault at|general protection|trap (invalid opcode|divide error|stack segment|int3)|kernel BUG at|BUG: (unable|kernel|Bad|scheduling)|Oops:|Kernel panic|Panic on CPU|Xen BUG|FATAL TRAP|Assertion .* failed'

# verdict_host H: says 'lab broken' and fails if the logs of dom0 or Xen show trouble.
verdict_host() {
	local found name=host${1##*/h}
	found=$(
		{
			on_host "$1" sh -c 'dmesg; xl dmesg' 2> /dev/null || true
			cat "$1/serial.log" 2> /dev/null
		} | tr -d '\r' | grep -a -E "$TROUBLE" | sort -u | head -n 10
	) || true
	if [ -n "$found" ]; then
		printf 'lab broken: %s: what ran here proves nothing, neither passed nor failed:\n%s\n' "$name" "$found" >&2
		echo broken > "$1/verdict"
		return 1
	fi
	if ! qemu_pid "$1" > /dev/null; then
		echo "lab broken: $name: its QEMU process is gone" >&2
		echo dead > "$1/verdict"
		return 1
	fi
	echo healthy > "$1/verdict"
}

# cmd_verdict: status 0 when all hosts are healthy, 3 when the lab is broken.
cmd_verdict() {
	local host status=0
	[ -d "$LAB_RUN" ] || die "no lab named '$LAB_NAME' is up"
	for host in "$LAB_RUN"/h*; do verdict_host "$host" || status=3; done
	[ $status != 0 ] || say "healthy: no segfault, no general protection fault, no crash in the logs of $(lab_hosts)"
	return $status
}
