# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The variants of 'up' as options, and what they mean together.

# shellcheck disable=SC2034 # lab.sh uses it
COLD=0
HOSTS=1
V_CPUS=2 V_MEMORY=3G V_DOM0_MEMORY=1024M V_NUMA=0 V_IOMMU=0 V_USB=0 V_XENSTORED=ocaml V_EXACT=0

# megabytes SIZE OPTION: SIZE (512M, 3G, 4096) in MiB.
megabytes() {
	case $1 in
	*[!0-9MmGg]* | '' | [MmGg]*) usage "$2: '$1' is no size; give it like 512M or 3G" up ;;
	*[Gg]) echo $((${1%?} * 1024)) ;;
	*[Mm]) echo "${1%?}" ;;
	*) echo "$1" ;;
	esac
}

is_number() { [[ $1 =~ ^[1-9][0-9]?$ ]]; }

# options_parse ARG...: the options of 'up'.
# shellcheck disable=SC2034 # lab.sh uses COLD
options_parse() {
	while [ $# -gt 0 ]; do
		case $1 in
		--hosts | --cpus | --memory | --dom0-memory | --xenstored)
			[ $# -gt 1 ] || usage "$1 needs a value" up
			case $1 in
			--hosts) HOSTS=$2 ;;
			--cpus) V_CPUS=$2 ;;
			--memory) V_MEMORY=$2 ;;
			--dom0-memory) V_DOM0_MEMORY=$2 ;;
			--xenstored) V_XENSTORED=$2 ;;
			esac
			shift
			;;
		--*=*)
			local name=${1%%=*} value=${1#*=}
			shift
			set -- dummy "$name" "$value" "$@"
			;;
		--numa) V_NUMA=1 ;;
		--iommu) V_IOMMU=1 ;;
		--usb) V_USB=1 ;;
		--exact) V_EXACT=1 ;;
		--cold) COLD=1 ;;
		*) usage "up: unknown option '$1'" up ;;
		esac
		shift
	done
	options_check
}

options_check() {
	if ! is_number "$HOSTS" || [ "$HOSTS" -gt 4 ]; then usage "--hosts: '$HOSTS' is not a number from 1 to 4" up; fi
	is_number "$V_CPUS" || usage "--cpus: '$V_CPUS' is not a number from 1 to 99" up
	case $V_XENSTORED in c | ocaml) ;; *) usage "--xenstored: '$V_XENSTORED' is neither c nor ocaml" up ;; esac
	V_MEMORY=$(megabytes "$V_MEMORY" --memory)
	V_DOM0_MEMORY=$(megabytes "$V_DOM0_MEMORY" --dom0-memory)
	[ "$V_DOM0_MEMORY" -ge 384 ] || usage "--dom0-memory: dom0 needs 384M at least" up
	[ $((V_MEMORY - V_DOM0_MEMORY)) -ge 256 ] || usage "--memory: ${V_MEMORY}M leaves less than 256M for Xen and guests beside dom0's ${V_DOM0_MEMORY}M" up
	if [ "$V_EXACT" = 1 ]; then V_CPUS=1; fi
	if [ "$V_NUMA" = 1 ] && [ "$V_CPUS" -lt 2 ]; then usage "--numa needs two CPUs or more, so it does not go with --cpus 1 or --exact" up; fi
}

# variant: the choices in one line, as 'status' shows them.
variant() {
	local text="cpus=$V_CPUS memory=${V_MEMORY}M dom0=${V_DOM0_MEMORY}M xenstored=$V_XENSTORED"
	[ "$V_NUMA" = 0 ] || text+=" numa"
	[ "$V_IOMMU" = 0 ] || text+=" iommu"
	[ "$V_USB" = 0 ] || text+=" usb"
	[ "$V_EXACT" = 0 ] || text+=" exact"
	echo "$text"
}
