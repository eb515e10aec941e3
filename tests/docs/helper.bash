# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests of the documents share: pieces of the manual as plain lines, to be compared with what
# the program says about itself ('xn help --json', in $INTERFACE).

load ../cli/helper

BUILD=${BUILD:-$PWD}
INTERFACE=$BATS_FILE_TMPDIR/interface.json

setup_file() {
    "$XN" help --json > "$INTERFACE"
}

# interface FILTER: something about all commands, in one go.
interface() {
    jq -r "$1" "$INTERFACE"
}

# section NAME PAGE...: the lines of a section or subsection; of several pages each with its name.
section() {
    local name=$1
    shift
    awk -v wanted="$name" -v pages=$# '
        function title() { t = $0; sub(/^\.S[hs] "?/, "", t); sub(/"$/, "", t); return t }
        FNR == 1 { on = whole = 0; page = FILENAME; sub(/.*\//, "", page); sub(/\.[1-9]$/, "", page) }
        /^\.Sh / { on = whole = title() == wanted; next }
        /^\.Ss / && !whole { on = title() == wanted; next }
        on { print (pages > 1 ? page ": " : "") $0 }' "$@"
}

# options: lines ".It Fl x , Fl -long Ns = Ns Ar VALUE" become "-x, --long=VALUE"; others vanish.
options() {
    sed -nE '/\.It Fl /{ s/\.It Fl/Fl/; s/ Ns = Ns Ar /=/; s/ , /, /g; s/Fl -/--/g; s/Fl /-/g; s/ Ar / /; p; }'
}

# all_of WHAT EXPECTED ACTUAL: like equal, and adds up: at the end of the test all_was_well tells.
all_of() {
    equal "$1" "$3" "$2" || WRONG=1
}

# wrong TEXT: the same without a comparison.
wrong() {
    printf '%s\n' "$1"
    WRONG=1
}

all_was_well() {
    [ -z "${WRONG:-}" ]
}
