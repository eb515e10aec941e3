#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# No function over 60 lines, no file over 600. What is longer today stands in size-exceptions with its
# length; that list may only get shorter.
. "$(dirname "$0")/common.bash"

exceptions=tests/lint/size-exceptions

# "FILE:LINE NAME LENGTH" of each function: from its first line to the brace that closes it. The
# format has them in column 1, so that nothing need be parsed.
functions() {
    awk '
        FNR == 1 { start = 0; inside = 0 }
        !inside && /^[A-Za-z_].*[^;]$/ && !start { start = FNR; name = $0 }
        !inside && (/;$/ || /^$/ || /^#/ || /^}/) { start = 0 }
        start && !inside && name !~ /\(/ { name = name " " $0 }
        /^{$/ && start { inside = 1 }
        /^}/ && inside {
            sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)
            print FILENAME ":" start, name, FNR - start + 1
            inside = 0; start = 0
        }' "$@"
}

# "FILE:NAME" or "FILE" -> the length that the list grants.
declare -A granted
while read -r what length; do
    [[ $what == '#'* ]] || granted[$what]=$length
done < "$exceptions"

# check PLACE WHAT LENGTH LIMIT KIND
check() {
    local place=$1 what=$2 length=$3 limit=$4 kind=$5 old=${granted[$2]-}
    if [ -z "$old" ] && [ "$length" -gt "$limit" ]; then
        complain "$place" "this $kind has $length lines, the limit is $limit: divide it"
    elif [ -n "$old" ] && [ "$length" -gt "$old" ]; then
        complain "$place" "this $kind has grown to $length lines from $old; the limit is $limit: divide it"
    elif [ -n "$old" ] && [ "$length" -lt "$old" ]; then
        complain "$place" "this $kind has only $length lines now: say so in $exceptions, or take it \
out if it has at most $limit"
    fi
    unset "granted[$what]"
}

mapfile -t files < <(c_files)
while read -r place name length; do
    what=${place%:*}:$name
    if [ "$length" -gt 60 ] || [ -n "${granted[$what]-}" ]; then
        check "$place" "$what" "$length" 60 function
    fi
done < <(functions "${files[@]}")
mapfile -t -O "${#files[@]}" files < <(shell_files)
while read -r length what; do
    if [ "$length" -gt 600 ] || [ -n "${granted[$what]-}" ]; then
        check "$what:1" "$what" "$length" 600 file
    fi
done < <(wc -l "${files[@]}" | grep -v ' total$')

for what in "${!granted[@]}"; do
    complain "$exceptions:1" "'$what' is gone: take it out"
done
exit "$found"
