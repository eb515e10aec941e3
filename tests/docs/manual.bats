#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# The manual says what the program says.
load helper

# In the order of the commands' names, in which "migrate" stands before "migrate-receive".
mapfile -t PAGES < <(printf '%s\n' "$ROOT"/man/xn-*.1 | sed 's/\.1$//' | LC_ALL=C sort | sed 's/$/.1/')

@test "manual: every command has a page, a test, an example, and nothing has them without a command" {
    local names name page
    names=$(interface '.commands[].name')
    for name in $names; do
        [ -f "$ROOT/man/xn-$name.1" ] || wrong "man/xn-$name.1: no such file; every command has a page"
        [ -f "$ROOT/tests/cli/$name.bats" ] || wrong "tests/cli/$name.bats: no such file; every command has tests"
    done
    for page in "${PAGES[@]}"; do
        name=$(basename "$page" .1)
        grep -qxF "${name#xn-}" <<< "$names" || wrong "$page: there is no command of that name"
    done
    all_of "commands without an example in their struct command" "" \
        "$(interface '.commands[] | select(.examples == []).name')"
    all_was_well
}

@test "manual: the titles and summaries" {
    equal "the heads of the pages" \
        "$(sed -sn '/^\.Dt/,/^\.Nd/p' "${PAGES[@]}")" \
        "$(interface '.commands | sort_by(.name)[] |
            ".Dt XN-" + (.name | ascii_upcase) + " 1\n.Os\n.Sh NAME\n.Nm xn-" + .name + "\n.Nd " + .summary')"
}

@test "manual: the synopses" {
    equal "the synopses of the pages" "$(section SYNOPSIS "${PAGES[@]}")" \
        "$(interface '.commands | sort_by(.name)[] | "xn-" + .name + ": " +
            (".Nm xn " + .name,
            (select(.options + .output_options | any(.hidden | not)) | ".Op Ar OPTION ..."),
            (.arguments[] | (if .optional then ".Op Ar " else ".Ar " end) + .placeholder +
                (if .repeated then " ..." else "" end)))')"
}

@test "manual: the options" {
    equal "the options in the pages" "$(section Options "${PAGES[@]}" | options | sort)" \
        "$(interface '.commands[] | "xn-" + .name + ": " + (
            [.options[].name] as $own |
            .options + [.output_options[] | select(.name as $name | $own | index($name) | not)] +
                [{ letter: "h", name: "help", placeholder: null, hidden: false }] |
            .[] | select(.hidden | not) |
            ([(.letter | values | "-" + .), (.name | values | "--" + .)] | join(", ")) +
                (if .placeholder then (if .name then "=" else " " end) + .placeholder else "" end))' | sort)"
}

@test "manual: no option is described outside of its section" {
    equal "the number of options in the pages" "$(cat "${PAGES[@]}" | grep -c '^\.It Fl ')" \
        "$(section Options "${PAGES[@]}" | grep -c '\.It Fl ')"
}

@test "manual: the examples of --help" {
    local examples line
    examples=$(section EXAMPLES "${PAGES[@]}" | grep -oE '^xn-[a-z0-9-]+: (\.Dl )?[#$] xn .*' | sed -E 's/: .*[#$] xn /: xn /')
    while read -r line; do
        grep -qxF -- "$line" <<< "$examples" || wrong "man/${line%%:*}.1: the example '${line#*: }' of --help is not under EXAMPLES"
    done < <(interface '.commands[] | "xn-" + .name + ": xn " + .examples[].line')
    all_was_well
}

@test "manual: the sections" {
    local page
    for page in "${PAGES[@]}"; do
        all_of "the sections of $page" "NAME SYNOPSIS DESCRIPTION EXIT STATUS EXAMPLES SEE ALSO" \
            "$(sed -n 's/^\.Sh //p' "$page" | grep -vx FILES | paste -s -d ' ')"
    done
    all_of "the pages that do not refer to xn(1)" "" \
        "$(comm -3 <(printf '%s\n' "${PAGES[@]}") <(grep -lE '^\.Xr xn 1' "${PAGES[@]}"))"
    all_was_well
}

@test "manual: columns of listings" {
    equal "the columns in the pages" \
        "$(section DESCRIPTION "${PAGES[@]}" | sed -nE 's/\.It Cm ([a-z0-9_]+)$/\1/p')" \
        "$(interface '.commands | sort_by(.name)[] | select(.lists) | "xn-" + .name + ": " + .columns[].key')"
}

@test "xn(1): the commands, in their groups" {
    equal "the commands of xn(1)" \
        "$(section COMMANDS "$ROOT/man/xn.1" | grep -vE '^\.(Bl|El)')" \
        "$(interface 'reduce .commands[] as $c ({ group: "", lines: [] };
            (if .group != $c.group then .lines += [".Ss " + $c.group] else . end) |
            .group = $c.group | .lines += [".It Xr xn-" + $c.name + " 1", $c.summary]) | .lines[]')"
}

@test "xn(1): the options before the command, and those of listings" {
    all_of "the options of xn(1) before the command" \
        "$("$XN" --help | sed -nE '/^Options before/,/^$/s/^  +(-.*[^ ])   *[^ ].*/\1/p' | sed 's/  .*//')" \
        "$(section 'Options before the command' "$ROOT/man/xn.1" | options)"
    all_of "the options of listings in xn(1)" \
        "$(interface '.commands[] | select(.name == "list").output_options[] |
            "--" + .name + (if .placeholder then "=" + .placeholder else "" end)')" \
        "$(section OUTPUT "$ROOT/man/xn.1" | options)"
    all_was_well
}

@test "xn(1): the exit statuses are those of the codes of errors" {
    local statuses
    statuses=$("$BUILD/tests/docs/print-tables" | sed -n 's/^error .* //p' | sort -u | paste -s -d ' ')
    equal statuses "$(section 'EXIT STATUS' "$ROOT/man/xn.1" | sed -n 's/^\.It \([0-9]\)$/\1/p' | paste -s -d ' ')" \
        "0 $statuses"
}

@test "manual: no page has a mistake in its markup" {
    command -v mandoc > /dev/null || skip "mandoc is not installed"
    equal "what mandoc finds" "$(cd "$ROOT/man" && mandoc -T lint -W warning ./*.[1-9] 2>&1)" ""
}

@test "manual: what a page refers to is there" {
    local name number
    while read -r name number; do
        [ -f "$ROOT/man/$name.$number" ] || wrong "man/$name.$number: no such file, but other pages refer to it"
    done < <(sed -nE 's/^\.(It )?Xr (xn[^ ]*) ([1-9]).*/\2 \3/p' "$ROOT"/man/*.[1-9] | sort -u)
    all_was_well
}

@test "xn-metrics(7): the metrics of 'xn stats' with their types and meanings" {
    equal metrics "$(sed -n '/^\.Sh METRICS/,/^\.Sh /p' "$ROOT/man/xn-metrics.7" |
        awk '/^\.It Cm / { name = $3; type = $5; getline; print name, type, $0 }')" \
        "$("$BUILD/tests/docs/print-tables" | sed -n 's/^metric //p')"
}

@test "xn-events(1): the kinds of events" {
    equal kinds "$(section Events "$ROOT/man/xn-events.1" | sed -n 's/^\.It Ql //p' | sed 's/ , /\n/g')" \
        "$("$BUILD/tests/docs/print-tables" | sed -n 's/^event //p')"
}
