# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# One host is one QEMU process: its command line, its start and end, and talking to it over QMP.
# A folder per host (H) holds pid, qmp and serial (sockets), serial.log, port; the disk is in the cache.

# accelerator: kvm where the CPU offers nested virtualisation for real and we may use it, else tcg.
accelerator() {
	local vendor nested
	[ "$V_EXACT" = 0 ] || { echo tcg; return; }
	for vendor in amd:svm intel:vmx; do
		grep -q -w -m 1 "${vendor#*:}" /proc/cpuinfo || continue
		nested=$(cat "/sys/module/kvm_${vendor%:*}/parameters/nested" 2> /dev/null || echo N)
		case $nested in 1 | Y) ;; *) continue ;; esac
		if [ -r /dev/kvm ] && [ -w /dev/kvm ]; then
			echo kvm
			return
		fi
	done
	echo tcg
}

# accelerator_reason: what to tell the user about the choice.
accelerator_reason() {
	if [ "$1" = kvm ]; then
		echo "KVM (this CPU has nested virtualisation)"
	elif [ "$V_EXACT" = 1 ]; then
		echo "TCG, counting instructions"
	elif grep -q -w -m 1 -E 'svm|vmx' /proc/cpuinfo; then
		echo "TCG (nested virtualisation is switched off, or /dev/kvm is not ours to use)"
	else
		echo "TCG (this CPU has no nested virtualisation)"
	fi
}

# qemu_machine: everything of the command line that the machine inside can see, one word a line.
# @RAM@ stands for the memory's file; the saved state is keyed by this text.
qemu_machine() {
	local kind=$1 machine=pc cpu accel half size
	# shellcheck disable=SC2153 # lab.sh sets it
	accel=$ACCEL
	[ "$V_IOMMU" = 0 ] || machine=q35,kernel-irqchip=split
	if [ "$ACCEL" = kvm ]; then
		cpu=host,migratable=on
	else
		cpu=max,-smap,-rdtscp,-erms${XCPU:-}
		accel=tcg,thread=multi
		machine=${machine%,kernel-irqchip=split}
	fi
	if [ "$V_EXACT" = 1 ]; then
		accel=tcg,thread=single
		printf '%s\n' -icount shift=0,sleep=off
	fi
	printf '%s\n' -accel "$accel" -cpu "$cpu" -smp "$V_CPUS" -m "${V_MEMORY}M" -nodefaults -display none -vga none
	if [ "$V_NUMA" = 1 ]; then
		half=$((V_CPUS / 2)) size=$((V_MEMORY / 2))
		printf '%s\n' -machine "$machine" \
			-object "memory-backend-$kind,id=ram0,size=${size}M@RAM@0" -numa "node,nodeid=0,cpus=0-$((half - 1)),memdev=ram0" \
			-object "memory-backend-$kind,id=ram1,size=$((V_MEMORY - size))M@RAM@1" -numa "node,nodeid=1,cpus=$half-$((V_CPUS - 1)),memdev=ram1"
	else
		printf '%s\n' -machine "$machine,memory-backend=ram0" -object "memory-backend-$kind,id=ram0,size=${V_MEMORY}M@RAM@0"
	fi
	printf '%s\n' -device virtio-rng-pci,addr=0x10 -device virtio-blk-pci,drive=disk,addr=0x11 \
		-device virtio-net-pci,netdev=user,romfile=,addr=0x12,mac=02:00:00:77:02:01 \
		-device virtio-net-pci,netdev=lan,romfile=,addr=0x13,mac=02:00:00:77:01:01,id=lan
	[ "$V_IOMMU" = 0 ] || printf '%s\n' -device amd-iommu -device e1000,romfile=,addr=0x5 -device e1000,romfile=,addr=0x6
	[ "$V_USB" = 0 ] || printf '%s\n' -device qemu-xhci,addr=0x14 -device usb-tablet
	printf '%s\n' -kernel "$IMAGE/xen" -initrd "$IMAGE/vmlinux $(dom0_command_line),$IMAGE/initrd.img" -append "$(xen_command_line)"
}

# spec-ctrl=eager-fpu: without it programs in dom0 compute wrong things under TCG once a guest is busy.
xen_command_line() { echo "console=com1 dom0_mem=${V_DOM0_MEMORY}M,max:${V_DOM0_MEMORY}M spec-ctrl=eager-fpu bootscrub=0 noreboot conring_size=512k"; }

dom0_command_line() { echo "root=/dev/vda console=hvc0 net.ifnames=0 mitigations=off nowatchdog log_buf_len=1M panic=0 systemd.show_status=auto systemd.machine_id=00000000000000000000000078656e31 TERM=dumb xenlab.xenstored=$V_XENSTORED"; }

# qemu_arguments H RAM: the command line as the array QEMU_ARGUMENTS. RAM is 'private' (plain memory),
# 'new=FILE' (memory in a file, to be saved) or 'saved=FILE' (starts with the content of the file).
qemu_arguments() {
	local kind=ram ram word
	case $2 in
	new=*)   kind=file ram=",share=on,mem-path=${2#*=}." ;;
	saved=*) kind=file ram=",share=off,mem-path=${2#*=}." ;;
	*)       ram= ;;
	esac
	QEMU_ARGUMENTS=()
	while IFS= read -r word; do
		if [ -n "$ram" ]; then word=${word/@RAM@/$ram}; else word=${word/@RAM@?/}; fi
		QEMU_ARGUMENTS+=("$word")
	done < <(qemu_machine "$kind")
	QEMU_ARGUMENTS+=(-name "xenlab,process=xenlab-qemu" -daemonize -pidfile "$1/pid"
		-qmp "unix:$1/qmp,server=on,wait=off"
		-chardev "socket,id=serial,path=$1/serial,server=on,wait=off,logfile=$1/serial.log" -serial chardev:serial)
}

# free_port: a TCP port that nobody listens on just now.
free_port() {
	local port try
	for try in {1..50}; do
		port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
		if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
			echo "$port"
			return
		fi
	done
	return 1
}

# qemu_start H DISK RAM LAN-ARGUMENT...: starts the process; tries other ports when one is taken.
qemu_start() {
	local host=$1 disk=$2 ram=$3 port try cache=writeback
	shift 3
	case $ram in new=*) cache=unsafe ;; esac
	qemu_arguments "$host" "$ram"
	for try in 1 2 3 4 5; do
		port=$(free_port)
		if qemu-system-x86_64 "${QEMU_ARGUMENTS[@]}" "${QEMU_EXTRA[@]}" "$@" \
			-netdev "user,id=user,ipv6=off,hostfwd=tcp:127.0.0.1:$port-:22" \
			-drive "id=disk,if=none,file=$disk,format=qcow2,discard=unmap,cache=$cache" \
			> "$host/qemu.log" 2>&1 9>&- < /dev/null; then
			echo "$port" > "$host/port"
			return 0
		fi
		grep -q -i 'hostfwd\|forwarding rule' "$host/qemu.log" || break
	done
	say "QEMU did not start: $(tail -n 2 "$host/qemu.log")"
	return 1
}

# qemu_pid H: the process id, if the process lives and is ours.
qemu_pid() {
	local pid
	pid=$(cat "$1/pid" 2> /dev/null) && [ -n "$pid" ] || return 1
	grep -q -s -z -x -F "$1/pid" "/proc/$pid/cmdline" || return 1
	# A zombie does not live.
	! grep -q -s '^State:[[:space:]]*Z' "/proc/$pid/status" || return 1
	echo "$pid"
}

# qmp H COMMAND...: runs QMP commands (JSON objects) one after another; prints the last answer.
qmp() {
	local socket=$1/qmp line command status=0
	shift
	coproc QMP { exec socat - "UNIX-CONNECT:$socket" 2> /dev/null 9>&-; }
	local in=${QMP[1]} out=${QMP[0]} pid=$QMP_PID
	for command in '{"execute":"qmp_capabilities"}' "$@"; do
		echo "$command" >&"$in" || { status=1; break; }
		while :; do
			if ! IFS= read -r -t 60 line <&"$out"; then status=1; break 2; fi
			case $line in
			*'"return"'*) break ;;
			*'"error"'*) status=1; break 2 ;;
			esac
		done
	done 2> /dev/null
	printf '%s\n' "${line:-}"
	kill "$pid" 2> /dev/null || true
	wait "$pid" 2> /dev/null || true
	return $status
}

# qemu_stop H: ends the process, politely for five seconds.
qemu_stop() {
	local pid try
	pid=$(qemu_pid "$1") || return 0
	qmp "$1" '{"execute":"quit"}' > /dev/null 2>&1 || true
	for try in {1..50}; do
		qemu_pid "$1" > /dev/null || return 0
		[ "$try" != 25 ] || kill "$pid" 2> /dev/null || true
		sleep 0.1
	done
	kill -9 "$pid" 2> /dev/null || true
	for try in {1..50}; do
		qemu_pid "$1" > /dev/null || return 0
		sleep 0.1
	done
	say "process $pid does not end"
	return 1
}
