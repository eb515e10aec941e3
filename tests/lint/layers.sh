#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Which room may use which: compares every include with the table in ARCHITECTURE.md, and looks for
# what only certain files may do.
. "$(dirname "$0")/common.bash"

# What each room may use: "out" -> "base".
declare -A may_use
while read -r room rooms; do
    may_use[$room]=$rooms
done < <(sed -n 's/^| .\([a-z]*\). | \([a-z, ]*\) |.*/\1 \2/p' ARCHITECTURE.md | tr -d ,)
[ ${#may_use[@]} -ge 9 ] || complain ARCHITECTURE.md:1 "the table of rooms cannot be read"

check_include() {
    local file=$1 line=$2 other=$3 room=${1#src/} allowed
    [[ $room == */* ]] && room=${room%%/*} || room=main
    allowed=${may_use[$room]-}
    [ -n "$allowed" ] || complain "$file:$line" "the room '$room' is not in the table of ARCHITECTURE.md"
    case " $allowed $room " in
    *" all "* | *" $other "*) ;;
    *)
        complain "$file:$line" "'$room' may not use '$other' (it may use: $allowed); move the \
function, or hand in what is needed as an argument"
        ;;
    esac
}

while IFS=: read -r file line text; do
    other=${text#*\"}
    case $other in
    */*) check_include "$file" "$line" "${other%%/*}" ;;
    *) complain "$file:$line" "include it as \"room/file.h\"" ;;
    esac
done < <(grep -nE '^#include "' -r src --include='*.[ch]')

# forbid PATTERN TEXT FILES...: no line of these files may match, comments and strings aside.
forbid() {
    local pattern=$1 text=$2 place
    shift 2
    while read -r place; do
        complain "$place" "$text"
    done < <(awk -v pattern="${pattern//\\/\\\\}" '
        { code = $0; gsub(/"([^"\\]|\\.)*"/, "\"\"", code); gsub(/\/\*.*\*\//, "", code); sub(/\/\*.*/, "", code) }
        code ~ pattern && $0 !~ /^ *\*/ { print FILENAME ":" FNR }' "$@" /dev/null)
}

# sources ROOM...: their files, without those named in $except.
sources() {
    local room file
    for room; do
        while read -r file; do
            [[ " $except " == *" $file "* ]] || printf '%s\n' "$file"
        done < <(find "src/$room" -name '*.[ch]' 2> /dev/null | sort)
    done
}

all=(base cli out model config xen supervise migrate commands hotplug)
except=
mapfile -t leaves < <(sources base cli out model)
forbid '^#include <(libxl|libxlutil|xen|xs)[a-z_]*(\.h|/)' \
    "no Xen header in the rooms that the unit tests link; put a plain struct into model/" "${leaves[@]}"

mapfile -t files < <(sources "${all[@]}")
forbid '^#include <libxl_json\.h>' \
    "its functions vanish with json-c; use the conversions to and from text" src/main.c "${files[@]}"
forbid '(^|[^_a-z])exit\(' "only main ends the program; return -1 with an error" "${files[@]}"

except="src/base/mem.c src/base/background.c src/migrate/guard.c src/migrate/link.c src/migrate/pump.c src/xen/console.c src/xen/core.c src/xen/viewer.c src/supervise/worker.c src/commands/crowd.c"
mapfile -t files < <(sources "${all[@]}")
forbid '(^|[^a-z])_exit\(' "only forked children and running out of memory end the process here" "${files[@]}"

except="src/out/json.c src/out/json_read.c"
mapfile -t files < <(sources "${all[@]}")
forbid 'yajl_' "only out/json.c and json_read.c know libyajl; use their headers" src/main.c "${files[@]}"

except=
mapfile -t files < <(sources "${all[@]}")
forbid '(^|[^a-z_])((printf|puts|putchar|perror|vprintf)\(|stdout|stderr)' \
    "nothing below main prints; write to env->out or env->err" "${files[@]}"
forbid '(^|[^a-z_])(system|popen|gets|strcat|sprintf|vsprintf|tmpnam|mktemp)\(' \
    "not safe; see base/str.h and base/mem.h for what to use instead" src/main.c "${files[@]}"

mapfile -t files < <(sources config supervise migrate commands)
while IFS=: read -r file line call; do
    case $call in
    *_init\( | *_init_type\( | *_dispose\( | *_copy\( | *_to_json\( | *_to_string\( | \
        *_from_string\( | *_from_json\( | libxl_bitmap_* | libxl_defbool_* | libxl_uuid_* | libxl_domid_* | \
        libxl_cpuid_parse_*) ;;
    *) complain "$file:$line" "only xen/ calls verbs of libxl; put ${call%?} behind a function there" ;;
    esac
done < <(grep -noE '\blibxl_[a-z0-9_]+\(' "${files[@]}" src/main.c)

exit "$found"
