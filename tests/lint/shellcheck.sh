#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# All shell code passes shellcheck.
. "$(dirname "$0")/common.bash"

command -v shellcheck > /dev/null || skip "shellcheck is not installed"

# Left out: what other files set or use, since each file is looked at alone (1090, 1091, 2034, 2154, 2317);
# what bats does on purpose (2030, 2031); and matters of taste (1007, 2001, 2013, 2015, 2016, 2174).
mapfile -t files < <(shell_files)
shellcheck -x -P SCRIPTDIR -f gcc \
    -e SC1007,SC1090,SC1091,SC2001,SC2013,SC2015,SC2016,SC2030,SC2031,SC2034,SC2154,SC2174,SC2317 "${files[@]}" || found=1
exit "$found"
