# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What is running, as a table or as JSON.

# json_string TEXT
json_string() {
	local text=${1//\\/\\\\}
	printf '"%s"' "${text//\"/\\\"}"
}

# status_rows: one line per host of every lab, fields parted by tabs.
status_rows() {
	local lab host pid state verdict
	for lab in "$RUN"/*/; do
		lab=${lab%/}
		for host in "$lab"/h*/; do
			host=${host%/}
			[ -d "$host" ] || continue
			if pid=$(qemu_pid "$host"); then
				state=up
				[ -e "$lab/up" ] || state=starting
				[ ! -e "$host/frozen" ] || state=frozen
			else
				pid=- state=dead
				[ ! -e "$host/off" ] || state=off
			fi
			verdict=$(status_file "$host/verdict" -)
			printf '%s\t' "${lab##*/}" "host${host##*/h}" "$state" "$pid" "$(status_file "$lab/accelerator" -)" \
				"$(status_file "$host/port" -)" "$(status_file "$lab/up" -)" "$verdict"
			status_file "$lab/variant" -
		done
	done
}

# status_file FILE DEFAULT
status_file() { cat "$1" 2> /dev/null || echo "$2"; }

# cmd_status [--json]
cmd_status() {
	local lab host state pid accelerator port since verdict variant comma='' rows
	rows=$(status_rows)
	case ${1:-} in
	'')
		if [ -z "$rows" ]; then
			say "no lab is up; start one: xenlab up"
			return 0
		fi
		printf '%-10s %-6s %-8s %7s %-5s %5s %-19s %-8s %s\n' LAB HOST STATE PID ACCEL PORT SINCE VERDICT VARIANT
		while IFS=$'\t' read -r lab host state pid accelerator port since verdict variant; do
			[ "$since" = - ] || since=$(date -d "@$since" '+%Y-%m-%d %H:%M:%S')
			printf '%-10s %-6s %-8s %7s %-5s %5s %-19s %-8s %s\n' "$lab" "$host" "$state" "$pid" "$accelerator" "$port" "$since" "$verdict" "$variant"
		done <<< "$rows"
		;;
	--json)
		printf '['
		while IFS=$'\t' read -r lab host state pid accelerator port since verdict variant; do
			[ -n "$lab" ] || continue
			printf '%s\n  {"lab": %s, "host": %s, "state": %s, "pid": %s, "accelerator": %s, "ssh_port": %s, "up_since": %s, "verdict": %s, "variant": %s}' \
				"$comma" "$(json_string "$lab")" "$(json_string "$host")" "$(json_string "$state")" "${pid/#-/null}" \
				"$(json_string "$accelerator")" "${port/#-/null}" "${since/#-/null}" "$(status_null "$verdict")" "$(json_string "$variant")"
			comma=,
		done <<< "$rows"
		printf '\n]\n'
		;;
	*) usage "status: unknown argument '$1'" status ;;
	esac
}

# status_null TEXT: TEXT as a JSON string, '-' as null.
status_null() { if [ "$1" = - ]; then printf null; else json_string "$1"; fi; }
