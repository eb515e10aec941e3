# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# For lab/demo --here: the demonstration's guest on a machine that runs Xen itself, made from its own kernel.
# Everything is kept in one folder, and the program is run from where it was built.

top=${top:?lab/demo sets it}
here_dir=

# prepare_here: kernel, ramdisk, disk, bridge and configuration of the guest.
prepare_here() {
	local kernel
	if [ "$(cat /sys/hypervisor/type 2> /dev/null)" != xen ] || [ "$(id -u)" != 0 ]; then
		echo "demo: --here needs a machine that runs Xen, and root; without --here a Xen host is booted in QEMU" >&2
		exit 1
	fi
	kernel=/boot/vmlinuz-$(uname -r)
	if [ ! -r "$kernel" ]; then
		echo "demo: the guest is made from this machine's kernel, and '$kernel' cannot be read" >&2
		exit 1
	fi
	here_dir=$(mktemp -d /tmp/xn-demo.XXXXXX)
	guest_dir=$top/lab/guest
	modules=/lib/modules/$(uname -r)
	# shellcheck source=lab/guest/make.sh
	. "$guest_dir/make.sh"
	unpack_kernel "$kernel" "$here_dir/vmlinux" || cp "$kernel" "$here_dir/vmlinux"
	make_initrd "$guest_dir/init" "$here_dir/initrd.img" xen-blkfront xen-netfront af_packet ext4
	truncate -s 16M "$here_dir/demo.img"
	address=10.78.0.60
	# A bridge of its own, so that nothing on this machine is touched.
	ip link add xndemo type bridge
	ip address add 10.78.0.1/24 dev xndemo
	ip link set xndemo up
	sed -e 's/^name *=.*/name = "demo"/' -e 's/name=pvh/name=demo/' -e "s/10\.77\.0\.52/$address/" \
		-e 's/00:52/00:60/' -e 's/bridge=xenbr0/bridge=xndemo/' -e "s#/var/lib/xenlab/guests/pvh.img#$here_dir/demo.img#" \
		-e "s#/var/lib/xenlab/guests#$here_dir#" "$guest_dir/pvh.cfg" > "$here_dir/demo.cfg"
	# shellcheck disable=SC2034 # lab/demo uses it
	demo_config=$here_dir/demo.cfg
	PATH=$top/build-demo:$PATH
}

# take_away_here: whatever is left of it.
take_away_here() {
	[ -n "$here_dir" ] || return 0
	xn destroy demo 2> /dev/null || true
	ip link delete xndemo 2> /dev/null || true
	rm -rf "$here_dir"
	here_dir=
}
