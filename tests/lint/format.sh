#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The C source has the format of .clang-format. Other versions of clang-format have other opinions.
. "$(dirname "$0")/common.bash"

version=14
program=clang-format-$version
command -v $program > /dev/null || program=clang-format
command -v $program > /dev/null || skip "clang-format is not installed (Debian: clang-format-$version)"
$program --version | grep -q "version $version\." ||
    skip "clang-format $version is wanted; this is: $($program --version)"

mapfile -t files < <(c_files)
$program --dry-run -Werror --ferror-limit=1 "${files[@]}" 2>&1 |
    sed -n "s/^\([^ :]*:[0-9]*\):[0-9]*: error: .*/\1: not in format: run $program -i on the file/p"
[ "${PIPESTATUS[0]}" = 0 ] || found=1

while IFS=: read -r file line _; do
    complain "$file:$line" "write comments as /* */"
done < <(grep -nE '(^|[ ;{}])//' "${files[@]}" | grep -vE '"[^"]*//|\*.*//')
exit "$found"
