#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# No file names a path of the machine that it was written on.
. "$(dirname "$0")/common.bash"

mapfile -t files < <(project_files)
while IFS=: read -r file line text; do
    complain "$file:$line" "a path of somebody's machine; make it relative or an argument: $text"
done < <(grep -nIE '(^|[^A-Za-z0-9_.$}/-])/(work|home/[a-z]+|farm|Users)/' "${files[@]}" /dev/null |
    grep -vE '^tests/lint/paths\.sh:')
exit "$found"
