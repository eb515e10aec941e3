# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# A lab as a whole: up, down, status. $RUN/NAME holds one folder per host, h1, h2 ..., and what they share;
# the disks are in $CACHE/running/NAME-HASH, since $RUN may be a small memory file system.

# lab_select NAME
lab_select() {
	[[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_-]{0,23}$ ]] || usage "'$1' is no name for a lab; use up to 24 letters, digits, - and _" up
	LAB_NAME=$1
	LAB_RUN=$RUN/$1
	LAB_DISKS=$CACHE/running/$1-$(echo "$RUN" | hash_text | cut -c 1-8)
	[ ${#LAB_RUN} -le 80 ] || die "the path $LAB_RUN is too long for sockets" "set XENLAB_RUN to a short folder, for example /tmp/lab"
}

# lab_option: how this lab is named on a command line.
lab_option() { [ "$LAB_NAME" = default ] || echo " --lab $LAB_NAME"; }

# lab_hosts: host1 host2 ...
lab_hosts() {
	local host names=()
	for host in "$LAB_RUN"/h*; do names+=("host${host##*/h}"); done
	echo "${names[*]}"
}

# lab_alive: all of its hosts run.
lab_alive() {
	local host
	[ -e "$LAB_RUN/up" ] || return 1
	for host in "$LAB_RUN"/h*; do qemu_pid "$host" > /dev/null || return 1; done
}

disk_overlay() { qemu-img create -q -f qcow2 -F "$2" -b "$1" "$3" > /dev/null; }

# wait_boot H: until the host says on its console that it is ready.
wait_boot() {
	local limit=$((SECONDS + ${XENLAB_BOOT_LIMIT:-600})) next=$((SECONDS + 30))
	while ! grep -q -s -a 'xenlab: ready' "$1/serial.log"; do
		if ! qemu_pid "$1" > /dev/null; then
			say "QEMU ended during the boot: $(tail -n 2 "$1/qemu.log")"
			return 1
		fi
		if [ $SECONDS -ge $limit ] || grep -q -a -E 'Panic on CPU|Kernel panic' "$1/serial.log"; then
			say "the host did not boot; the end of its console:"
			tail -n 20 "$1/serial.log" >&2
			return 1
		fi
		if [ $SECONDS -ge $next ]; then
			say "... still booting: $(tail -c 300 "$1/serial.log" | tr -d '\r' | grep -a . | tail -n 1)"
			next=$((SECONDS + 30))
		fi
		sleep 0.3
	done
}

# host_launch NUMBER: starts the process of one host, from the saved state or cold. Does not wait for it.
host_launch() {
	local host=$LAB_RUN/h$1 disk=$LAB_DISKS/h$1.qcow2
	mkdir -p "$host"
	echo "$IMAGE" > "$host/image"
	net_arguments "$1"
	QEMU_EXTRA=()
	if [ "$COLD" = 0 ]; then
		# shellcheck disable=SC2034 # qemu_start uses it
		QEMU_EXTRA=(-incoming defer)
		disk_overlay "$STATE/disk.qcow2" qcow2 "$disk" &&
			qemu_start "$host" "$disk" "saved=$STATE/ram" "${NET[@]}" && state_load "$host"
	else
		disk_overlay "$IMAGE/disk.img" raw "$disk" && qemu_start "$host" "$disk" private "${NET[@]}"
	fi
}

# host_settle NUMBER: waits for the host, gives it its identity and makes sure that Xen answers.
host_settle() {
	local host=$LAB_RUN/h$1 seed
	[ "$COLD" = 0 ] || wait_boot "$host" || return 1
	ssh_master "$host" || return 1
	seed=$(od -An -v -t x1 -N 32 /dev/urandom | tr -d ' \n')
	on_host "$host" sh -c '/usr/lib/xenlab/identity "$@" && xl info > /dev/null && xl list > /dev/null' \
		sh "$1" "$EPOCHREALTIME" "$seed"
}

# hosts_start: all hosts of the lab; fails if one of them does not answer.
hosts_start() {
	local number status=0 pids=() pid
	for ((number = 1; number <= HOSTS; number++)); do host_launch "$number" || return 1; done
	for ((number = 1; number <= HOSTS; number++)); do
		host_settle "$number" 9>&- &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do wait "$pid" || status=1; done
	return $status
}

# lab_remove: ends every process of the lab and removes its files.
lab_remove() {
	local host
	for host in "$LAB_RUN"/h*/; do
		host=${host%/}
		[ -d "$host" ] || continue
		ssh_end "$host" 9>&-
		qemu_stop "$host"
	done
	rm -rf "$LAB_RUN" "$LAB_DISKS"
}

# cmd_up OPTION...
cmd_up() {
	options_parse "$@"
	need_to_run
	make_private_dir "$RUN"
	mkdir -p "$CACHE/running"
	with_lock "$LAB_DISKS.lock" "another command works on lab '$LAB_NAME': waiting for it ..." lab_up
}

lab_up() {
	local start
	start=$(now_ms)
	if lab_alive; then
		say "lab '$LAB_NAME' is already up: $(lab_hosts) ($(cat "$LAB_RUN/variant"))"
		[ "$(cat "$LAB_RUN/variant") $(lab_hosts | wc -w)" = "$(variant) $HOSTS" ] ||
			die "it is not what you asked for: $HOSTS host(s), $(variant)" "take it down first, or use another name: xenlab --lab NAME up ..."
		return 0
	fi
	if [ -d "$LAB_RUN" ]; then
		say "lab '$LAB_NAME' was left by a killed run or lost a host: clearing it away"
		lab_remove
	fi
	image_ensure
	ACCEL=$(accelerator)
	say "accelerator: $(accelerator_reason "$ACCEL")"
	trap lab_failed EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	if [ "$COLD" = 0 ] && [ "$V_IOMMU" = 1 ]; then
		say "QEMU cannot save a machine with an AMD IOMMU: booting instead (takes 1 to 2 min) ..."
		COLD=1
	fi
	if [ "$COLD" = 0 ] && [ "$V_EXACT" = 1 ]; then
		say "a machine that counts instructions does not start from a saved state: booting instead (takes 1 to 3 min) ..."
		COLD=1
	fi
	if [ "$COLD" = 0 ] && ! state_ensure; then
		say "no saved state could be made: booting instead"
		COLD=1
	fi
	if [ "$COLD" = 0 ]; then
		lab_folders
		if ! hosts_start; then
			say "the saved state does not start: booting instead"
			lab_remove
			rm -rf "$STATE"
			COLD=1
		fi
	fi
	if [ "$COLD" = 1 ]; then
		lab_folders
		hosts_start || die "lab '$LAB_NAME' did not start"
	fi
	date +%s > "$LAB_RUN/up"
	trap - EXIT INT TERM HUP
	say "lab '$LAB_NAME' is up after $(seconds_since "$start"): $(lab_hosts) ($(variant))"
	say "try: xenlab$(lab_option) exec host1 xl list"
}

# lab_folders: the lab's folders and what other commands want to know about it.
lab_folders() {
	mkdir -p "$LAB_RUN" "$LAB_DISKS"
	echo "$IMAGE" > "$LAB_DISKS/image"
	[ "$COLD" = 1 ] || echo "$STATE" > "$LAB_DISKS/state"
	variant > "$LAB_RUN/variant"
	echo "$ACCEL" > "$LAB_RUN/accelerator"
	declare -p HOSTS ACCEL IMAGE "${!V_@}" > "$LAB_RUN/settings"
}

# lab_recall: the settings that the lab was started with.
lab_recall() {
	local line
	while IFS= read -r line; do eval "${line/declare --/declare -g --}"; done < "$LAB_RUN/settings"
}

# lab_failed: the way out of an 'up' that did not get there.
lab_failed() {
	local status=$?
	trap - EXIT
	state_discard
	lab_remove
	exit $status
}

# cmd_down [--no-verdict]
cmd_down() {
	local verdict=1
	case ${1:-} in
	'') ;;
	--no-verdict) verdict=0 ;;
	*) usage "down: unknown argument '$1'" down ;;
	esac
	[ -d "$CACHE/running" ] || { say "lab '$LAB_NAME' is not up"; return 0; }
	with_lock "$LAB_DISKS.lock" "another command works on lab '$LAB_NAME': waiting for it ..." lab_down "$verdict"
}

lab_down() {
	local status=0
	if [ ! -d "$LAB_RUN" ]; then
		lab_remove
		say "lab '$LAB_NAME' is not up"
		return 0
	fi
	if [ "$1" = 1 ] && [ -e "$LAB_RUN/up" ]; then cmd_verdict || status=$?; fi
	lab_remove
	say "lab '$LAB_NAME' is down"
	return $status
}
