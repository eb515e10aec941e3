# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Talking to a running host over ssh: exec, copy, push, console.

# ssh_options H: the array SSH for host folder H.
ssh_options() {
	local image
	image=$(cat "$1/image")
	SSH=(-F none -i "$image/ssh_key" -o IdentitiesOnly=yes -o BatchMode=yes -o LogLevel=ERROR
		-o StrictHostKeyChecking=yes -o UserKnownHostsFile="$image/known_hosts" -o HostKeyAlias=xenlab
		-o ControlPath="$1/ssh" -o ConnectTimeout=60 -p "$(cat "$1/port")" root@127.0.0.1)
}

# ssh_master H: makes sure that one connection to the host is open, which all others then share.
ssh_master() {
	ssh_options "$1"
	[ ! -S "$1/ssh" ] || return 0
	ssh -o ControlMaster=auto -o ControlPersist=yes -fN "${SSH[@]}" < /dev/null > /dev/null 2>&1 9>&-
}

# ssh_end H: closes the shared connection.
ssh_end() {
	[ -S "$1/ssh" ] || return 0
	ssh_options "$1"
	ssh -O exit "${SSH[@]}" > /dev/null 2>&1 || true
	rm -f "$1/ssh"
}

# on_host H COMMAND...: runs a command, its words exactly as given.
on_host() {
	local host=$1
	shift
	ssh_master "$host" && ssh "${SSH[@]}" -T -- "$(quote "$@")"
}

# host_folder NAME: the folder of host1 or 1, if that host runs.
host_folder() {
	local number=${1#host}
	[ -d "$LAB_RUN" ] || die "no lab named '$LAB_NAME' is up" "start it: xenlab$(lab_option) up"
	if [ -z "$number" ] || [ ! -d "$LAB_RUN/h$number" ]; then die "this lab has no host '$1'" "its hosts: $(lab_hosts)"; fi
	qemu_pid "$LAB_RUN/h$number" > /dev/null || die "host$number is dead: its QEMU process is gone" "look at: xenlab$(lab_option) status; then: xenlab$(lab_option) down"
	echo "$LAB_RUN/h$number"
}

# cmd_exec [--tty] [--verdict] HOST COMMAND...
cmd_exec() {
	local tty=-T verdict=0 host status=0
	while [ $# -gt 0 ]; do
		case $1 in
		--tty | -t) tty=-tt ;;
		--verdict) verdict=1 ;;
		--) shift; break ;;
		-*) usage "exec: unknown option '$1'" exec ;;
		*) break ;;
		esac
		shift
	done
	[ $# -gt 0 ] || usage "exec: which host?" exec
	host=$(host_folder "$1")
	shift
	if [ $# -eq 0 ]; then
		[ -t 0 ] || usage "exec: which command?" exec
		tty=-tt
		set -- bash -l
	fi
	ssh_master "$host" || die "host${host##*/h} does not answer over ssh" "look at its console: xenlab$(lab_option) console host${host##*/h}"
	[ "$verdict" = 1 ] || exec ssh "${SSH[@]}" "$tty" -- "$(quote "$@")"
	ssh "${SSH[@]}" "$tty" -- "$(quote "$@")" || status=$?
	verdict_host "$host" || status=3
	return $status
}

# cmd_copy SOURCE... DESTINATION: one side is HOST:PATH.
cmd_copy() {
	local destination host path source
	[ $# -ge 2 ] || usage "copy: needs a source and a destination" copy
	destination=${*: -1}
	if [[ $destination =~ ^(host)?[1-9]: ]]; then
		set -- "${@:1:$#-1}"
		host=$(host_folder "${destination%%:*}")
		path=${destination#*:}
		copy_in "$host" "${path:-/root/}" "$@"
	else
		for source in "${@:1:$#-1}"; do
			[[ $source =~ ^(host)?[1-9]:. ]] || usage "copy: neither '$source' nor '$destination' is of the form HOST:PATH" copy
			host=$(host_folder "${source%%:*}")
			path=${source#*:}
			copy_out "$host" "$path" "$destination"
		done
	fi
}

# copy_in H PATH FILE...: as cp -r would: into PATH when that is a folder (or ends with /), else to that name.
copy_in() {
	local host=$1 path=$2 file mode
	shift 2
	for file; do [ -e "$file" ] || die "copy: $file does not exist"; done
	ssh_master "$host" || die "the host does not answer over ssh"
	if [ $# -gt 1 ] || [ "${path%/}" != "$path" ] || ssh "${SSH[@]}" -T -- "test -d $(quote "$path")"; then
		for file; do
			tar -C "$(dirname "$file")" --owner=0 --group=0 -cf - -- "$(basename "$file")"
		done | ssh "${SSH[@]}" -T -- "mkdir -p $(quote "$path") && tar -C $(quote "$path") -i -xf -"
	elif [ -d "$1" ]; then
		tar -C "$1" --owner=0 --group=0 -cf - . | ssh "${SSH[@]}" -T -- "mkdir -p $(quote "$path") && tar -C $(quote "$path") -xf -"
	else
		mode=$(stat -c %a "$1")
		# shellcheck disable=SC2094 # the two files are on different machines
		ssh "${SSH[@]}" -T -- "cat > $(quote "$path") && chmod $mode $(quote "$path")" < "$1"
	fi
}

# copy_out H PATH DESTINATION
copy_out() {
	local host=$1 path=$2 destination=$3
	ssh_master "$host" || die "the host does not answer over ssh"
	if [ -d "$destination" ]; then
		ssh "${SSH[@]}" -T -- "tar -C $(quote "$(dirname "$path")") -cf - -- $(quote "$(basename "$path")")" < /dev/null | tar -C "$destination" --no-same-owner -xf -
	else
		ssh "${SSH[@]}" -T -- "cat -- $(quote "$path")" < /dev/null > "$destination" || { rm -f "$destination"; return 1; }
	fi
}

# cmd_push [--build DIR] [--all]: installs a build tree into every host of the lab.
cmd_push() {
	local build='' all=0 host start status=0
	while [ $# -gt 0 ]; do
		case $1 in
		--build) [ $# -gt 1 ] || usage "--build needs a folder" push; build=$2; shift ;;
		--build=*) build=${1#*=} ;;
		--all) all=1 ;;
		*) usage "push: unknown argument '$1'" push ;;
		esac
		shift
	done
	if [ -z "$build" ]; then
		build=$PWD
		[ -e "$build/Makefile" ] || build=$(dirname "$LAB")
	fi
	[ -e "$build/Makefile" ] || die "push: no Makefile in $build" "configure and build first, or name the build tree: xenlab push --build DIR"
	[ -d "$LAB_RUN" ] || die "no lab named '$LAB_NAME' is up" "start it: xenlab$(lab_option) up"
	start=$(now_ms)
	PUSH_STAGE=$(mktemp -d "${TMPDIR:-/tmp}/xenlab-push.XXXXXX")
	trap 'rm -rf "$PUSH_STAGE"' EXIT
	chmod 755 "$PUSH_STAGE"
	if ! (umask 022 && make -s -C "$build" install DESTDIR="$PUSH_STAGE/root" > "$PUSH_STAGE/log" 2>&1); then
		tail -n 20 "$PUSH_STAGE/log" >&2
		die "push: 'make install' failed in $build; its last lines are above"
	fi
	push_list "$PUSH_STAGE/root" > "$PUSH_STAGE/list"
	for host in "$LAB_RUN"/h*; do
		[ $all = 0 ] || rm -f "$host/pushed"
		if ! { qemu_pid "$host" > /dev/null && push_host "$host"; }; then
			say "push: host${host##*/h} did not take it"
			status=1
		fi
	done
	[ $status != 0 ] || say "pushed $build to $(lab_hosts) in $(seconds_since "$start")"
	return $status
}

# push_list DIR: one line per file, link or folder below DIR: what it is, then the path.
push_list() {
	(
		cd "$1" || exit 1
		find . -type f -printf '%m %p\0' | while IFS= read -r -d '' file; do
			printf '%s%s\0' "$(sha256sum < "${file#* }" | cut -c 1-40)" " ${file/ / }"
		done | tr '\0' '\n'
		find . -type l -printf '%l link %p\n'
		find . -mindepth 1 -type d -printf '- folder %p\n'
	) | LC_ALL=C sort
}

# push_host H: sends what differs from the last push to this host, and removes what is gone since.
push_host() {
	local host=$1 old=$1/pushed new=$PUSH_STAGE/list
	[ -e "$old" ] || : > "$old"
	LC_ALL=C comm -13 "$old" "$new" | cut -d ' ' -f 3- > "$PUSH_STAGE/changed"
	cut -d ' ' -f 3- "$new" | LC_ALL=C sort > "$PUSH_STAGE/names"
	cut -d ' ' -f 3- "$old" | LC_ALL=C sort | LC_ALL=C comm -23 - "$PUSH_STAGE/names" | tac > "$PUSH_STAGE/gone"
	if [ -s "$PUSH_STAGE/gone" ]; then
		# shellcheck disable=SC2016 # the host's shell expands it
		on_host "$host" sh -c 'cd / && while IFS= read -r file; do rm -d -f "$file" 2> /dev/null || :; done' < "$PUSH_STAGE/gone" || return 1
	fi
	if [ -s "$PUSH_STAGE/changed" ]; then
		# Symbolic links to folders, such as /lib, stay what they are on the host.
		tar -C "$PUSH_STAGE/root" --owner=0 --group=0 --no-recursion --verbatim-files-from -T "$PUSH_STAGE/changed" -czf - |
			on_host "$host" tar -C / --keep-directory-symlink --no-overwrite-dir --warning=no-timestamp -xzf - || return 1
	fi
	cp "$new" "$old"
}

# cmd_console HOST: the serial console: Xen's and dom0's messages and a root shell of dom0.
cmd_console() {
	local host
	[ $# -eq 1 ] || usage "console: which host?" console
	host=$(host_folder "$1")
	if [ -t 0 ]; then
		say "console of host${host##*/h}; leave with Ctrl-]; Ctrl-a three times switches between dom0 and Xen"
		exec socat "STDIO,raw,echo=0,escape=0x1d" "UNIX-CONNECT:$host/serial"
	fi
	exec socat -t 2 - "UNIX-CONNECT:$host/serial"
}
