#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Every file of source says its licence in one of its first three lines, and C files next what they are
# for.
. "$(dirname "$0")/common.bash"

licence='SPDX-License-Identifier: LGPL-2.1-or-later'

# What has no comments, or is data of somebody else.
exempt='\.(md|json|expected|img|bin)$|^COPYING$|^\.(gitignore|clang-format|editorconfig)$'
exempt+='|^lab/image/(root/|packages$|drop$)|^tests/fuzz/corpus/|/data/'

mapfile -t files < <(project_files | grep -vE "$exempt")
mapfile -t files < <(grep -lI . "${files[@]}")
while read -r file; do
    complain "$file:1" "add '$licence' as a comment"
done < <(awk -v licence="$licence" '
    function report() { if (file != "" && !seen) print file }
    FNR == 1 { report(); file = FILENAME; seen = 0 }
    FNR <= 3 && index($0, licence) { seen = 1 }
    END { report() }' "${files[@]}")

mapfile -t files < <(c_files)
while read -r place text; do
    complain "$place" "$text"
done < <(awk -v first="/* $licence */" '
    FNR == 1 && $0 != first { print FILENAME ":1 the first line is: " first }
    FNR == 2 && !/^\/\*/ {
        print FILENAME ":2 the second line begins a comment that says what the file is for"
    }' "${files[@]}")
exit "$found"
