# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Messages, quoting, locks and the packages the lab needs on this machine: what every other file uses.

say() { printf 'xenlab: %s\n' "$*" >&2; }

# die MESSAGE [NEXT STEP]
die() {
	printf 'xenlab: %s\n' "$1" >&2
	[ $# -lt 2 ] || printf 'xenlab: %s\n' "$2" >&2
	exit 1
}

# usage MESSAGE COMMAND: wrong arguments; nothing was tried.
usage() {
	printf 'xenlab: %s\nxenlab: see: xenlab help %s\n' "$1" "$2" >&2
	exit 2
}

# quote WORD...: the words for a POSIX shell on the other side, exactly as they are.
quote() {
	local word out=
	for word; do out+=" '${word//\'/\'\\\'\'}'"; done
	printf '%s' "${out# }"
}

hash_text() { sha256sum | cut -c 1-16; }

# need PROGRAM:PACKAGE...: installs what is missing when root, else says what to install.
need() {
	local pair missing=()
	for pair; do
		command -v "${pair%%:*}" > /dev/null || [ -x "/usr/sbin/${pair%%:*}" ] || missing+=("${pair#*:}")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	[ "$(id -u)" = 0 ] || die "this machine lacks: ${missing[*]}" "install them: sudo apt-get install --no-install-recommends ${missing[*]}"
	say "installing on this machine: ${missing[*]} ..."
	apt_install "${missing[@]}" || die "apt-get could not install ${missing[*]}" "try it by hand: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
}

apt_install() {
	local try=(apt-get -qq -y --no-install-recommends install "$@")
	DEBIAN_FRONTEND=noninteractive "${try[@]}" > /dev/null 2>&1 && return
	apt-get -qq update >&2 && DEBIAN_FRONTEND=noninteractive "${try[@]}" > /dev/null
}

# need_to_run: what every command that talks to a host needs.
need_to_run() { need qemu-system-x86_64:qemu-system-x86 qemu-img:qemu-utils socat:socat ssh:openssh-client flock:util-linux; }

# make_private_dir DIR: makes a folder that only we can use, or refuses one that is somebody else's.
make_private_dir() {
	mkdir -p "$1" || die "cannot make the folder $1"
	[ -O "$1" ] || die "the folder $1 belongs to somebody else" "remove it, or set XENLAB_RUN to another place"
}

# with_lock FILE WAIT-MESSAGE FUNCTION ARG...: runs the function while holding the lock. What the function
# starts for good must close descriptor 9 (9>&-), or the lock would live on in it.
with_lock() {
	local file=$1 message=$2 status=0
	shift 2
	exec 9> "$file"
	if ! flock -n 9; then
		say "$message"
		flock 9
	fi
	"$@" || status=$?
	exec 9>&-
	return $status
}

# milliseconds since some fixed moment
now_ms() { local t=${EPOCHREALTIME/[.,]/}; echo "${t%???}"; }

# seconds_since MS
seconds_since() { local ms=$(($(now_ms) - $1)); printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100)); }

# shellcheck disable=SC2034 # the other files use these
CACHE=${XENLAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/xenlab}
# shellcheck disable=SC2034
RUN=${XENLAB_RUN:-${XDG_RUNTIME_DIR:-/tmp}/xenlab-$(id -u)}
