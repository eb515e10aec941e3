# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Making the test guest from a Linux kernel and its modules. Sourced where the current folder holds 'guest'
# (or $guest_dir names it) and $modules is the folder of the kernel's modules.

guest_dir=${guest_dir:-guest}
modules=${modules:?the folder of modules of the kernel}

# number OFFSET BYTES FILE: an unsigned little-endian number.
number() { od -An -v -t "u$2" -j "$1" -N "$2" "$3" | tr -d ' '; }

# unpack_kernel BZIMAGE VMLINUX: the ELF inside a bzImage, found by the fields of its boot header.
unpack_kernel() {
	local sectors offset length magic filter
	sectors=$(number $((0x1f1)) 1 "$1")
	offset=$(($(number $((0x248)) 4 "$1") + (sectors + 1) * 512))
	length=$(number $((0x24c)) 4 "$1")
	magic=$(od -An -v -t x1 -j "$offset" -N 4 "$1" | tr -d ' ')
	case $magic in
	fd377a58) filter="xz -dc --single-stream" ;;
	28b52ffd) filter="zstd -dc" ;;
	1f8b*)    filter="gzip -dc" ;;
	*) echo "$1: unknown compression (magic $magic)" >&2; return 1 ;;
	esac
	# The payload ends with the unpacked size, which the filters take for garbage: only the result counts.
	tail -c +$((offset + 1)) "$1" | head -c "$length" | $filter > "$2" 2> /dev/null || true
	[ "$(head -c 4 "$2")" = $'\x7fELF' ]
}

# module_files NAME...: paths of the modules and all they depend on, in loading order, built-in ones left out.
module_files() {
	local name line
	for name; do
		line=$(grep -E "/$name\.ko:" "$modules/modules.dep") || continue
		{ echo "${line%%:*}"; tr ' ' '\n' <<< "${line#*:}"; } | tac
	done | awk 'NF && !seen[$0]++'
}

# make_initrd INIT OUTPUT MODULE...: an initial ramdisk with busybox, INIT and the modules.
make_initrd() {
	local init=$1 output=$2 dir file
	shift 2
	dir=$(mktemp -d)
	mkdir -p "$dir"/{bin,sbin,lib,proc,sys,dev,tmp,mnt}
	cp /bin/busybox "$dir/bin/"
	ln -s busybox "$dir/bin/sh"
	install -m 755 "$init" "$dir/init"
	: > "$dir/modules"
	for file in $(module_files "$@"); do
		cp "$modules/$file" "$dir/lib/"
		echo "/lib/$(basename "$file")" >> "$dir/modules"
	done
	if [ "$(dirname "$init")" = "$guest_dir" ]; then
		install -m 755 "$guest_dir/poweroff" "$guest_dir/reboot" "$dir/sbin/"
	fi
	(cd "$dir" && find . | busybox cpio -o -H newc 2> /dev/null) > "$output"
	rm -rf "$dir"
}
