#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn.cfg(5) and 'xn explain' say the same about each key.
load helper

PAGE=$ROOT/man/xn.cfg.5

# page_keys: of each key and part of the page a line for its name, meaning, default, since and example.
page_keys() {
    sed -e '1,/^\.Sh KEYS/d' -e '/^\.Sh /,$d' "$PAGE" | awk '
        # The 45 names of COLO have one entry.
        /^\.It Cm / {
            name = $3
            if (depth == 2 && name == "colo_*") { colo = 1; next }
            if (depth == 2) { name = key "." name } else { key = name }
            colo = 0; print name; fresh = 1; next
        }
        /^\.Bl / { depth++; next }
        /^\.El/ { depth--; next }
        colo { next }
        fresh { print name ": " $0; fresh = 0; next }
        /^Default: / || /^Since Xen / { print name ": " $0 }
        /^\.Dl / { print name ": " substr($0, 5) }' |
        sed -e 's/\\(dq/"/g; s/\\(ha/^/g; s/\\&//g; s/\\e/\\/g'
}

# The page says since when only of what Debian 12 does not have yet, and has examples of keys alone.
explained_keys() {
    jq -r '.keys[] | select(.key | test("[.]colo_") | not) |
        .key as $key | $key,
        "\($key): \(.meaning[:1] | ascii_upcase)\(.meaning[1:]).",
        (.default | values | "\($key): Default: \(.)."),
        (select(.since | split(".")[1] | tonumber > 17) | "\($key): Since Xen \(.since)."),
        (select($key | contains(".") | not) | "\($key): \(.example)")' <<< "$output"
}

@test "keys: xn.cfg(5) has what 'xn explain' says" {
    xn explain --json
    status_is 0
    [ "$(jq '.keys | length' <<< "$output")" -gt 300 ]
    equal "the list of keys" "$(page_keys)" "$(explained_keys)"
}

@test "keys: the sections of xn.cfg(5) are those of 'xn explain'" {
    equal sections "$(sed -e '1,/^\.Sh KEYS/d' -e '/^\.Sh /,$d' "$PAGE" | sed -n 's/^\.Ss //p')" \
        "$("$XN" explain --json | jq -r '.keys[].section' | uniq)"
}

@test "keys: the index of 'xn explain' has every key that does something" {
    xn explain
    status_is 0
    equal "the index" "$(awk '/^  / { print $1 }' <<< "$output")" \
        "$("$XN" explain --json | jq -r '.keys[] | select((.key | contains(".") | not) and
            ((.deprecated // "") | startswith("it has no effect") | not)).key')"
}
