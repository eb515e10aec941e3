# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the checks of the source share. Each check is a program: status 0 all is well, 1 something was
# found and told as file:line: what is wrong and what to do, 77 it could not be run here.

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
found=0

# complain FILE:LINE TEXT
complain() {
    printf '%s: %s\n' "$1" "$2"
    found=1
}

skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}

# The files that belong to the project: all that git knows or would add, or in an unpacked tarball
# what is there.
project_files() {
    if git rev-parse --is-inside-work-tree > /dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard
    else
        find . -name 'autom4te.cache' -prune -o -name 'build*' -type d -prune -o -type f -print |
            sed 's,^\./,,' |
            grep -vE '^(configure|aclocal\.m4|Makefile(\.in)?|config\.(h|h\.in|log|status)|stamp-h1|xn)~?$'
    fi | while read -r file; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done
}

c_files() {
    project_files | grep -E '^(src|tests)/.*\.[ch]$'
}

shell_files() {
    local file
    project_files | while read -r file; do
        case $file in
        *.sh | *.bash | *.bats | *.test | bash-completion/*) printf '%s\n' "$file" ;;
        *.c | *.h | *.md | *.[1-9] | *.cfg) ;;
        *) if head -n 1 "$file" | grep -qaE '^#!.*\b(ba|da)?sh\b'; then printf '%s\n' "$file"; fi ;;
        esac
    done
}
