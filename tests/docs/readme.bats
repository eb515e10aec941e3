#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# README and the other papers name what is there.
load helper

@test "README: the list of commands" {
    equal "the commands in README.md" \
        "$(sed -nE 's/^\| `xn ([a-z0-9-]+)` \| (.*) \|$/\1 \2/p' "$ROOT/README.md")" \
        "$(jq -r '.commands[] | .name + " " + .summary' "$INTERFACE")"
}

@test "papers: the files that they name are there" {
    local paper word
    for paper in README.md ARCHITECTURE.md CONTRIBUTING.md; do
        while read -r word; do
            [ -e "$ROOT/$word" ] || wrong "$paper: $word is no file"
        done < <(grep -oE '\b(src|tests|man|lab|bash-completion|examples)/[A-Za-z0-9_./-]*[A-Za-z0-9_]' "$ROOT/$paper" |
            grep -vE 'state|COMMAND' | sort -u)
    done
    all_was_well
}

@test "papers: links to other files" {
    local paper link
    for paper in README.md ARCHITECTURE.md CONTRIBUTING.md NEWS.md; do
        while read -r link; do
            [ -e "$ROOT/$link" ] || wrong "$paper: the link to $link leads nowhere"
        done < <(grep -oE '\]\([^)#:]+\)' "$ROOT/$paper" | sed 's/^](//; s/)$//')
    done
    all_was_well
}

@test "units: the built ones name the program by its path" {
    local unit
    for unit in "$ROOT"/systemd/*.service.in; do
        unit=$BUILD/systemd/$(basename "$unit" .in)
        grep -qE '^ExecStart=/.*/xn ' "$unit" || wrong "$unit: $(grep '^ExecStart' "$unit")"
    done
    all_was_well
}

@test "NEWS: the newest entry is this version" {
    equal "the first entry" "$(sed -n 's/^## xn \([0-9.]*\).*/\1/p' "$ROOT/NEWS.md" | head -n 1)" \
        "$("$XN" version --json | jq -r .version)"
}

# block PAPER LANGUAGE: the first block of code in that language.
block() {
    awk -v fence="\`\`\`$2" '/^```/ { if (on) exit; on = $0 == fence; next } on' "$ROOT/$1"
}

@test "CONTRIBUTING: the command of the example can be compiled" {
    local cc=${CC:-cc} file=$BATS_TEST_TMPDIR/state.c
    command -v "$cc" > /dev/null || skip "there is no compiler"
    block CONTRIBUTING.md c > "$file"
    grep -q cmd_state "$file"
    # What all.def would say.
    echo 'extern const struct command cmd_state;' > "$BATS_TEST_TMPDIR/word.h"
    # shellcheck disable=SC2046 # flags
    "$cc" -std=gnu11 -fsyntax-only -Wall -Wextra -Wshadow -Werror -include "$BUILD/config.h" \
        -I"$ROOT/src" $(pkg-config --cflags xenlight) \
        -include "$ROOT/src/cli/spec.h" -include "$BATS_TEST_TMPDIR/word.h" "$file"
}

@test "CONTRIBUTING: the page of the example is right" {
    command -v mandoc > /dev/null || skip "mandoc is not installed"
    block CONTRIBUTING.md mdoc > "$BATS_TEST_TMPDIR/xn-state.1"
    grep -q 'Nm xn-state' "$BATS_TEST_TMPDIR/xn-state.1"
    equal "what mandoc finds" "$(mandoc -T lint -W warning "$BATS_TEST_TMPDIR/xn-state.1" 2>&1)" ""
}
