# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Faults that only the machine itself can make: power loss, a frozen host, a cut cable.

# cmd_power HOST off|on|freeze|thaw
cmd_power() {
	[ $# -eq 2 ] || usage "power: which host, and what: off, on, freeze or thaw?" power
	local host number=${1#host}
	[ -d "$LAB_RUN/h$number" ] || die "lab '$LAB_NAME' has no host '$1'" "its hosts: $(lab_hosts)"
	case $2 in
	off | on | freeze | thaw) with_lock "$LAB_DISKS.lock" "another command works on lab '$LAB_NAME': waiting for it ..." "power_$2" "$number" ;;
	*) usage "power: '$2' is none of off, on, freeze, thaw" power ;;
	esac
}

# power_off NUMBER: the plug is pulled: what was not yet written to the disk is lost.
power_off() {
	local host=$LAB_RUN/h$1 pid
	pid=$(qemu_pid "$host") || { say "host$1 is off already"; return 0; }
	: > "$host/off"
	rm -f "$host/frozen"
	kill -9 "$pid"
	while qemu_pid "$host" > /dev/null; do sleep 0.05; done
	ssh_end "$host"
}

# power_on NUMBER: boots from the disk as it was left.
power_on() {
	local host=$LAB_RUN/h$1
	if qemu_pid "$host" > /dev/null; then say "host$1 is on already"; return 0; fi
	lab_recall
	rm -f "$host/off" "$host/pushed" "$host/qmp" "$host/serial"
	mv "$host/serial.log" "$host/serial.log.before"
	net_arguments "$1"
	# shellcheck disable=SC2034 # host_settle and qemu_start use them
	COLD=1 QEMU_EXTRA=()
	say "booting host$1 from its disk (takes 1 to 2 min) ..."
	if ! { qemu_start "$host" "$LAB_DISKS/h$1.qcow2" private "${NET[@]}" && host_settle "$1"; }; then
		die "host$1 did not boot" "its console: $host/serial.log"
	fi
}

power_freeze() { qmp "$LAB_RUN/h$1" '{"execute":"stop"}' > /dev/null && : > "$LAB_RUN/h$1/frozen"; }

power_thaw() { qmp "$LAB_RUN/h$1" '{"execute":"cont"}' > /dev/null && rm -f "$LAB_RUN/h$1/frozen"; }

# cmd_link HOST up|down: the cable between the hosts; exec and copy go another way and still work.
cmd_link() {
	[ $# -eq 2 ] || usage "link: which host, and up or down?" link
	local host up
	host=$(host_folder "$1")
	case $2 in
	up) up=true ;;
	down) up=false ;;
	*) usage "link: '$2' is neither up nor down" link ;;
	esac
	qmp "$host" "{\"execute\":\"set_link\",\"arguments\":{\"name\":\"lan\",\"up\":$up}}" > /dev/null || die "QEMU refused"
}
