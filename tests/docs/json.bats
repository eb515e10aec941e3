#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn-json(7), the contract of the JSON documents, says what the program prints.
load helper

PAGE=$ROOT/man/xn-json.7

# keys SECTION [LIST]: "key type" of the items of a section; of its n-th list.
keys() {
    section "$1" "$PAGE" | awk -v wanted="${2:-0}" '
        /^\.Bl -tag/ { list++ }
        /^\.It Cm / && (!wanted || list == wanted) { sub(/^\.It Cm /, ""); sub(/ Pq /, " "); print }'
}

# tables DOCUMENT: the same from the program's own tables.
tables() {
    "$BUILD/tests/docs/print-tables" | sed -n "s/^$1 //p"
}

# shape FILTER: the same from JSON that the program has printed. null can be anything that the page says.
shape() {
    jq -r "$1"' | to_entries[] | .key + " " +
        ({ string: "text", number: "integer", boolean: "boolean", array: "list", object: "object", null: "null" }
            [.value | type])'
}

@test "json: listings, results, info, status and cleanup have the keys that the tables have" {
    all_of "the list document" "$(tables list)" "$(keys 'The list document')"
    all_of "the vm-list document" "$(tables vm-list)" "$(keys 'The vm-list document')"
    all_of "the uptime document" "$(tables uptime)" "$(keys 'The uptime document')"
    all_of "the network-list document" "$(tables network-list)" "$(keys 'The network-list document')"
    all_of "the block-list document" "$(tables block-list)" "$(keys 'The block-list document')"
    all_of "the results document" "$(tables results)" "$(keys 'The results document')"
    all_of "the vcpu-list document" "$(tables vcpus)" "$(keys 'The vcpu-list document')"
    all_of "the cpupool-list document" "$(tables cpupools)" "$(keys 'The cpupool-list document')"
    all_of "the numa document" "$(tables numa)" "$(keys 'The numa document')"
    all_of "the claims document" "$(tables memory)" "$(keys 'The claims document')"
    all_of "the sched-credit document" "$(tables sched-credit)" "$(keys 'The sched-credit document')"
    all_of "the sched-credit2 document" "$(tables sched-credit2)" "$(keys 'The sched-credit2 document')"
    all_of "the sched-rtds document" "$(tables sched-rtds)" "$(keys 'The sched-rtds document')"
    all_of "the psr-hwinfo document" "$(tables psr-hwinfo)" "$(keys 'The psr-hwinfo document')"
    all_of "the psr-cat-show document" "$(tables psr-cat)" "$(keys 'The psr-cat-show document')"
    all_of "the psr-mba-show document" "$(tables psr-mba)" "$(keys 'The psr-mba-show document')"
    all_of "the psr-cmt-show document" "$(tables psr-cmt)" "$(keys 'The psr-cmt-show document')"
    all_of "the problems document" "$(tables problems)" "$(keys 'The problems document')"
    all_of "the migrations document" "$(tables migrations)" "$(keys 'The migrations document')"
    all_of "the info document" "$(tables info)" "$(keys 'The info document')"
    all_of "the status document" "$(tables status)" "$(keys 'The status document')"
    all_of "the cleanup document" "$(tables cleanup)" "$(keys 'The cleanup document')"
    all_of "the cache document" "$(tables cache)" "$(keys 'The cache document')"
    all_of "the stats document" "$(tables stats)" "$(keys 'The stats document' 1)"
    all_of "the events document" "$(tables events)" "$(keys 'The events document')"
    all_of "the xenstore-quota-get document" "$(tables xenstore-quota-get)" "$(keys 'The xenstore-quota-get document')"
    all_of "the guests document" "$(tables guests)" "$(keys 'The guests document')"
    all_of "the autostart document" "$(tables autostart)" "$(keys 'The autostart document')"
    all_of "the plan document" "$(tables plan)" "$(keys 'The plan document')"
    local list
    for list in pci pci-assignable usb vtpm vkb vdispl vsnd channel; do
        all_of "the $list-list document" "$(tables "$list-list")" "$(keys "The $list-list document")"
    done
    all_was_well
}

@test "json: the columns of 'xn list' are those of the list document" {
    equal columns "$(keys 'The list document' | sed 's/ .*//')" "$(interface '.commands[] | select(.name == "list").columns[].key')"
}

@test "json: the codes of errors and their statuses" {
    equal "error codes" "$(keys 'Error codes')" "$(tables error)"
}

@test "json: the version document" {
    equal "the version document" "$(keys 'The version document')" "$("$XN" version --json | shape .)"
}

@test "json: an error" {
    xn create -n --json --strict /dev/null 'name="a"' 'kernel="/k"' memory=64 frobnicate=1
    status_is 1
    # The diagnostics come first.
    equal "an error" "$(keys Errors | sed 's/ list of texts/ list/; s/hint text/hint null/')" \
        "$(jq -s '.[1]' <<< "$stderr" | shape .)"
    xn help --json pasue
    status_is 2
    equal "an error" "$(keys Errors | sed 's/ list of texts/ null/')" "$(shape . <<< "$stderr")"
}

@test "json: the diagnostics document" {
    xn check --json /dev/null 'name="a"' 'kernel="/k"' memory=64 memroy=1
    status_is 1
    all_of "the document" "schema_version number diagnostics array" \
        "$(jq -r 'to_entries[] | .key, (.value | type)' <<< "$output" | paste -s -d ' ')"
    all_of "a diagnostic" "$(shape '.diagnostics[0]' <<< "$output")" "$(keys 'The diagnostics document')"
    all_was_well
}

@test "json: the codes of diagnostics are those that the source has" {
    local calls codes
    calls=$(cat "$ROOT"/src/config/*.c "$ROOT"/src/xen/*.c "$ROOT"/src/commands/check.c | tr -s '\n ' ' ' |
        grep -oE '(build_error|build_warning|report_error|report_warning)\([a-z>-]+, "[a-z-]+"|([sS]everity|SEVERITY_ERROR|SEVERITY_WARNING), "[a-z-]+"|ERR_FILE \? "[a-z-]+" : "[a-z-]+"')
    codes=$(grep -oE '"[a-z-]+"' <<< "$calls" | tr -d '"' | sort -u)
    [ "$(wc -l <<< "$codes")" -gt 50 ]
    equal "the codes in the page" "$(keys 'Codes of diagnostics')" "$codes"
}

# Of each column the type of what stands there first and is not null.
@test "json: the keys document" {
    xn explain --json
    status_is 0
    equal "the document" "$(jq -r 'to_entries[] | .key, (.value | type)' <<< "$output" | paste -s -d ' ')" \
        "schema_version number keys array"
    equal "a key" "$(shape '.keys | reduce .[] as $row ({}; . as $seen | $row | with_entries(.key as $key |
        if $seen[$key] != null then .value = $seen[$key] else . end))' <<< "$output")" "$(keys 'The keys document')"
}

@test "json: the help document" {
    local shapes
    shapes=$(sed 's/ list of .*/ list/' <<< "$(keys 'The help document' 1)")
    # Types of what is never null; of options, those that have everything.
    equal "a command" "$(sed 's/^alias text/alias null/' <<< "$shapes")" \
        "$(shape '.commands[] | select(.name == "list")' < "$INTERFACE")"
    equal "an option" "$(keys 'The help document' 2 | sed 's/ list of .*/ list/')" \
        "$(shape '.commands[] | select(.name == "console").options[0]' < "$INTERFACE")"
    equal "an argument" "$(keys 'The help document' 3 | sed 's/ list of .*/ list/')" \
        "$(shape '.commands[] | select(.name == "pause").arguments[0]' < "$INTERFACE")"
    equal "a column" "$(keys 'The help document' 4)" \
        "$(shape '.commands[] | select(.name == "list").columns[0]' < "$INTERFACE")"
    equal "an example" "$(keys 'The help document' 5)" \
        "$(shape '.commands[] | select(.name == "list").examples[0]' < "$INTERFACE")"
}

@test "json: the kinds of values" {
    local kind
    for kind in $(interface '[.commands[] | (.options + .output_options + .arguments)[].kind] | unique[]'); do
        section 'The help document' "$PAGE" | grep -qE "^\.Ql $kind( |\$)" ||
            wrong "man/xn-json.7: the kind '$kind' is not explained"
    done
    all_was_well
}

@test "json: documents carry the schema version" {
    equal "help" "$(jq .schema_version "$INTERFACE")" 1
    equal "version" "$("$XN" version --json | jq .schema_version)" 1
}

@test "json: the examples of the page are JSON with the documented keys" {
    local text
    text=$(section EXAMPLES "$PAGE" | awk '/^\.Bd/ { n++; on = 1; next } /^\.Ed/ { on = 0 } on && n == 1')
    equal "an entry" "$(jq -r '.results[0] | keys_unsorted[]' <<< "$text")" \
        "$(keys 'The results document' | sed 's/ .*//')"
    text=$(section EXAMPLES "$PAGE" | awk '/^\.Bd/ { n++; on = 1; next } /^\.Ed/ { on = 0 } on && n == 2')
    equal "an error" "$(jq -r 'keys_unsorted[]' <<< "$text")" "$(keys Errors | sed 's/ .*//')"
}
