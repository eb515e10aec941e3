# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The dom0 image: built with mmdebstrap from Debian 12's packages, cached by what it is made of.
# $CACHE/images/KEY holds disk.img (raw, never written after the build), xen, vmlinux, initrd.img,
# ssh_key, known_hosts and manifest (the versions of all packages).

IMAGE_SIZE=6G

# The image's name: a hash over all that makes it. Packages change without it: 'build --force'.
image_key() {
	{
		cd "$LAB" || exit
		find image guest -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
		find image guest -type f -perm -100 | LC_ALL=C sort
		declare -f image_install image_disk image_take_out
		echo "$IMAGE_SIZE"
	} | hash_text
}

image_dir() { echo "$CACHE/images/$(image_key)"; }

# image_sources: this machine's own Debian 12 sources, or Debian's public ones where it has none.
image_sources() {
	local lines
	# shellcheck disable=SC2016 # apt's own placeholders
	lines=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN)' 'Created-By: Packages' 2> /dev/null |
		awk '$2 ~ /^bookworm/ && $3 == "main" && $4 == "Debian" && !seen[$0]++ { print "deb", $1, $2, "main" }') || true
	if grep -q ' bookworm main$' <<< "$lines"; then
		echo "$lines"
	else
		echo "deb http://deb.debian.org/debian bookworm main"
		echo "deb http://deb.debian.org/debian bookworm-updates main"
		echo "deb http://deb.debian.org/debian-security bookworm-security main"
	fi
}

# image_apt_options: this machine's proxy and date settings for apt, as options of mmdebstrap.
image_apt_options() {
	apt-config dump 2> /dev/null | awk '/^Acquire::(http|https|ftp)::(Proxy|ProxyAutoDetect|Proxy-Auto-Detect|CaInfo|Verify-Peer)|^Acquire::Check-(Valid-Until|Date) / { print "--aptopt=" $0 }'
}

image_packages() { sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$LAB/image/packages" | paste -s -d ,; }

# image_install TARGET WORK: installs Debian into TARGET (a folder when root, else a tar file).
image_install() {
	local target=$1 work=$2 options=() run=() option mode=root
	[ "$(id -u)" = 0 ] || mode=unshare
	# As root, what mmdebstrap mounts must vanish with it even if it is killed: a mount namespace of its own.
	[ "$mode" != root ] || run=(unshare --mount --propagation private)
	while read -r option; do options+=("$option"); done < <(image_apt_options)
	while read -r option; do options+=(--dpkgopt="path-exclude=$option"); done < <(grep '^/' "$LAB/image/drop")
	image_sources > "$work/sources.list"
	chmod -R a+rX "$work/stage"
	# shellcheck disable=SC2016 # mmdebstrap's shell expands them
	INITRD=No "${run[@]}" nice -n 5 mmdebstrap --quiet --mode="$mode" --variant=minbase --dpkgopt=force-unsafe-io \
		--aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' "${options[@]}" \
		--include="$(image_packages)" \
		--customize-hook="copy-in $work/stage/xenlab /tmp" \
		--customize-hook='chroot "$1" /tmp/xenlab/image/customize' \
		--customize-hook='rm -rf "$1/tmp/xenlab"' \
		bookworm "$target" - < "$work/sources.list" > "$work/log" 2>&1
}

# image_disk SOURCE DISK: makes the file system; a tar file is unpacked by fakeroot, which keeps the owners.
image_disk() {
	local mkfs=(mkfs.ext4 -q -F -L dom0 -O "^metadata_csum" -E "lazy_itable_init=1,lazy_journal_init=1" -m 0)
	export PATH=$PATH:/usr/sbin:/sbin
	truncate -s "$IMAGE_SIZE" "$2"
	if [ -d "$1" ]; then
		"${mkfs[@]}" -d "$1" "$2"
	else
		# shellcheck disable=SC2016 # expanded by the inner shell
		fakeroot -- sh -c 'mkdir "$1.d" && tar -C "$1.d" -xf "$1" && shift && "$@"' sh "$1" "${mkfs[@]}" -d "$1.d" "$2"
	fi
}

# image_take_out ROOT DIR: moves what QEMU needs from the disk's /boot/xenlab into DIR.
image_take_out() {
	if [ -d "$1" ]; then
		mv "$1"/boot/xenlab/* "$2/"
		rmdir "$1/boot/xenlab"
	else
		tar -C "$2" --strip-components=3 -xf "$1" ./boot/xenlab
	fi
	chmod 600 "$2/ssh_key"
}

# image_make DIR: the whole build; DIR appears only when everything worked.
image_make() {
	local dir=$1 work start source
	umask 022
	start=$(now_ms)
	work=$(mktemp -d "$CACHE/images/build.XXXXXX")
	chmod 755 "$work"
	IMAGE_WORK=$work
	source=$work/root
	[ "$(id -u)" = 0 ] || source=$work/root.tar
	mkdir -p "$work/stage/xenlab/tiny" "$work/out"
	if ! { "$LAB/guest/tiny/build" "$work/stage/xenlab/tiny" && "$LAB/guest/hvm/build" "$work/stage/xenlab/tiny"; }; then
		image_discard
		die "the tiny guests do not compile with ${CC:-gcc}"
	fi
	cp -r "$LAB/image" "$LAB/guest" "$work/stage/xenlab/"
	say "building the dom0 image: installing packages (takes 2 to 4 min) ..."
	if ! image_install "$source" "$work"; then
		tail -n 15 "$work/log" >&2
		cp "$work/log" "$CACHE/images/failed.log"
		image_discard
		die "the dom0 image could not be built; the last lines are above, all of it is in $CACHE/images/failed.log" "without network or package mirror? try: apt-get update"
	fi
	say "building the dom0 image: making the disk ..."
	if ! { image_take_out "$source" "$work/out" && image_disk "$source" "$work/out/disk.img"; }; then
		image_discard
		die "the dom0 disk could not be made" "is there room? $(df -h "$CACHE" | awk 'NR == 2 { print $4 " are free in " $6 }')"
	fi
	mv "$work/log" "$work/out/build.log"
	[ ! -e "$dir" ] || mv "$dir" "$work/old"
	mv "$work/out" "$dir"
	image_discard
	say "built the dom0 image in $(seconds_since "$start")"
}

# image_discard: removes what an unfinished or finished build left.
image_discard() {
	[ -z "${IMAGE_WORK:-}" ] || image_remove "$IMAGE_WORK"
	IMAGE_WORK=
}

# image_remove DIR: removes a folder, never going into what may still be mounted there.
image_remove() {
	local mount
	while read -r _ mount _; do
		[[ $mount != "$1"/* ]] || umount -l "$mount" || return 1
	done < <(tac /proc/mounts)
	rm -rf --one-file-system "$1"
}

# image_ensure [force]: builds the image unless it is there; sets IMAGE.
image_ensure() {
	IMAGE=$(image_dir)
	if [ "${1:-}" != force ] && [ -e "$IMAGE/disk.img" ]; then
		touch "$IMAGE"
		return 0
	fi
	need mmdebstrap:mmdebstrap mkfs.ext4:e2fsprogs gcc:gcc objcopy:binutils sha256sum:coreutils xz:xz-utils
	[ "$(id -u)" = 0 ] || need fakeroot:fakeroot newuidmap:uidmap
	[ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || need debian-archive-keyring:debian-archive-keyring
	mkdir -p "$CACHE/images"
	with_lock "$CACHE/images/lock" "another build is running: waiting for it ..." image_build_locked "${1:-}"
}

image_build_locked() {
	if [ "${1:-}" != force ] && [ -e "$IMAGE/disk.img" ]; then return 0; fi
	trap image_discard EXIT
	image_make "$IMAGE"
	image_prune
	trap - EXIT
}

# image_prune: drops old images, except the one used before this (another checkout may want it) and those of
# running labs, and what killed builds left.
image_prune() {
	local dir kept=0
	for dir in "$CACHE"/images/build.*; do
		[ ! -d "$dir" ] || [ "$dir" = "${IMAGE_WORK:-}" ] || image_remove "$dir"
	done
	while IFS= read -r dir; do
		if [ "$dir" = "$IMAGE" ] || grep -q -s -x -F "$dir" "$CACHE"/running/*/image; then continue; fi
		kept=$((kept + 1))
		[ $kept -le 1 ] || rm -rf "$dir"
	done < <(find "$CACHE/images" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | cut -d ' ' -f 2-)
}

# cmd_build [--force]
cmd_build() {
	case ${1:-} in
	'') ;;
	--force) ;;
	*) usage "build: unknown argument '$1'" build ;;
	esac
	image_ensure "${1:+force}"
	say "the image is in $IMAGE ($(du -sh "$IMAGE" | cut -f 1))"
}
