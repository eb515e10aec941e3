# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Saved states: a host that was booted once starts again from where it was.
# The memory of the booting host is a file that is shared with QEMU; its devices are written to another
# file by QEMU's migration with the capability x-ignore-shared, which leaves the memory out. A start maps
# the same memory file privately, so nothing is copied and any number of labs uses one file at a time.
# $CACHE/states/KEY holds ram.0 (and ram.1 with two nodes), devices, disk.qcow2 and about.

IGNORE_SHARED='{"execute":"migrate-set-capabilities","arguments":{"capabilities":[{"capability":"x-ignore-shared","state":true}]}}'

# The state's name: a hash over all that the machine is made of, on our side.
state_key() {
	{
		qemu_machine file
		qemu-system-x86_64 --version
		stat -c '%n %i %Y' "$IMAGE/disk.img"
		sed -n '/^model name/{p;q}' /proc/cpuinfo
		cat "$LAB/lib/state.sh"
	} | hash_text
}

# state_ensure: makes the state of this variant unless it is there; sets STATE. Fails if it cannot be made.
state_ensure() {
	STATE=$CACHE/states/$(state_key)
	[ ! -e "$STATE/about" ] || return 0
	mkdir -p "$CACHE/states"
	with_lock "$STATE.lock" "the state is being made by another lab: waiting for it ..." state_make_locked
}

state_make_locked() {
	[ ! -e "$STATE/about" ] || return 0
	local host status=0
	host=$(mktemp -d "$RUN/.save.XXXXXX")
	SAVE_HOST=$host
	SAVE_DIR=$(mktemp -d "$STATE.XXXXXX")
	state_make "$host" "$SAVE_DIR" || status=$?
	if [ $status = 0 ]; then mv "$SAVE_DIR" "$STATE"; SAVE_DIR=; fi
	state_discard
	[ $status != 0 ] || state_prune
	return $status
}

# state_discard: stops the host that was to be saved and removes what is half-made.
state_discard() {
	if [ -n "${SAVE_HOST:-}" ]; then
		ssh_end "$SAVE_HOST" 9>&-
		qemu_stop "$SAVE_HOST"
		rm -rf "$SAVE_HOST"
	fi
	[ -z "${SAVE_DIR:-}" ] || rm -rf "$SAVE_DIR"
	SAVE_HOST='' SAVE_DIR=''
}

# state_make H DIR: boots a host with its memory in DIR and saves it there.
state_make() {
	local host=$1 dir=$2 start
	start=$(now_ms)
	say "first start of this variant: booting a host to save (takes 1 to 2 min) ..."
	echo "$IMAGE" > "$host/image"
	disk_overlay "$IMAGE/disk.img" raw "$dir/disk.qcow2" || return 1
	# shellcheck disable=SC2034 # qemu_start uses it
	QEMU_EXTRA=()
	qemu_start "$host" "$dir/disk.qcow2" "new=$dir/ram" -netdev hubport,id=lan,hubid=0 || return 1
	wait_boot "$host" || return 1
	say "booted in $(seconds_since "$start"); saving its state ..."
	on_host "$host" /usr/lib/xenlab/settle || return 1
	ssh_end "$host"
	state_save "$host" "$dir/devices" || return 1
	qemu_stop "$host" || return 1
	variant > "$dir/about"
	say "saved after $(seconds_since "$start")"
}

# state_save H FILE: writes the state of all devices to FILE and leaves the machine stopped.
state_save() {
	local answer
	answer=$(qmp "$1" '{"execute":"stop"}' "$IGNORE_SHARED" \
		"{\"execute\":\"migrate\",\"arguments\":{\"uri\":\"exec:cat > '$2'\"}}") || { say "QEMU refused to save: $answer"; return 1; }
	for _ in {1..600}; do
		answer=$(qmp "$1" '{"execute":"query-migrate"}') || break
		case $answer in
		*'"status": "completed"'*) return 0 ;;
		*'"status": "failed"'*) break ;;
		esac
		sleep 0.1
	done
	say "QEMU could not save: $answer"
	return 1
}

# state_load H: lets a QEMU that was started with -incoming defer take the devices, and run.
state_load() {
	local answer
	answer=$(qmp "$1" "$IGNORE_SHARED" \
		"{\"execute\":\"migrate-incoming\",\"arguments\":{\"uri\":\"exec:cat '$STATE/devices'\"}}") || { say "QEMU refused to load: $answer"; return 1; }
	for _ in {1..300}; do
		answer=$(qmp "$1" '{"execute":"query-status"}') || break
		case $answer in
		*'"status": "running"'*) return 0 ;;
		*'"status": "paused"'*) qmp "$1" '{"execute":"cont"}' > /dev/null || return 1 ;;
		esac
		sleep 0.1
	done
	say "QEMU could not load the saved state: $answer $(tail -n 2 "$1/qemu.log")"
	return 1
}

# state_prune: drops states whose image is gone, unless a running lab uses them.
state_prune() {
	local dir disk
	for dir in "$CACHE"/states/*/; do
		dir=${dir%/}
		disk=$(qemu-img info --output=json "$dir/disk.qcow2" 2> /dev/null | sed -n 's/.*"full-backing-filename": "\(.*\)".*/\1/p')
		if [ -e "$disk" ] || [[ $dir == *.?????? ]] || grep -q -s -x -F "$dir" "$CACHE"/running/*/state; then continue; fi
		rm -rf "$dir" "$dir.lock"
	done
}
