# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the tests of the command line share. They run the program $XN (./xn if it is not set) and need
# neither Xen nor root. Each check returns a status, so that it works in conditions, too.

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
XN=$(realpath "${XN:-./xn}")
if [ ! -x "$XN" ]; then
    echo "'$XN' is no program: build xn, or set XN to where it is" >&2
    exit 1
fi

# For the program to be called under its other name.
XL=$BATS_FILE_TMPDIR/xl
ln -sf "$XN" "$XL" || exit 1

# Nothing here may take long.
export BATS_TEST_TIMEOUT=60

# call PROGRAM WORDS...: runs it; then $status, $output and $stderr are set. It is bats' run with
# --separate-stderr, several times as fast.
call() {
    status=0
    "$@" > "$BATS_TEST_TMPDIR/stdout" 2> "$BATS_TEST_TMPDIR/stderr" < /dev/null || status=$?
    # Without a subshell each, as $(< file) would take.
    IFS= read -r -d '' output < "$BATS_TEST_TMPDIR/stdout" || :
    IFS= read -r -d '' stderr < "$BATS_TEST_TMPDIR/stderr" || :
    output=${output%"${output##*[!$'\n']}"}
    stderr=${stderr%"${stderr##*[!$'\n']}"}
}

xn() {
    call "$XN" "$@"
}

xl() {
    call "$XL" "$@"
}

# equal WHAT ACTUAL EXPECTED
equal() {
    [ "$2" = "$3" ] && return
    printf '%s is not what it should be (< expected, > actual):\n' "$1"
    diff <(printf '%s\n' "$3") <(printf '%s\n' "$2")
    return 1
}

# has WHAT TEXT PATTERN: the text holds the extended regular expression.
has() {
    [[ $2 == *$'\n'* ]] || { [[ $2 =~ $3 ]] && return; }
    grep -qE -- "$3" <<< "$2" && return
    printf "%s has nothing like '%s':\n%s\n" "$1" "$3" "$2"
    return 1
}

# lacks WHAT TEXT PATTERN
lacks() {
    grep -qE -- "$3" <<< "$2" || return 0
    printf "%s has '%s':\n%s\n" "$1" "$3" "$2"
    return 1
}

status_is() {
    [ "$status" = "$1" ] && return
    printf 'the status is %s, not %s; stdout: %s; stderr: %s\n' "$status" "$1" "$output" "$stderr"
    return 1
}

# fails STATUS MESSAGE HINT WORDS...: 'xn WORDS...' ends with STATUS and prints exactly this, on
# stderr. HINT may be empty: there must be none then.
fails() {
    local expected=$1 message=$2 hint=$3
    shift 3
    xn "$@"
    status_is "$expected" && equal stdout "$output" "" &&
        equal stderr "$stderr" "xn: $message${hint:+$'\n'hint: $hint}"
}

# usage_error MESSAGE HINT COMMAND WORDS...
usage_error() {
    local message=$1 hint=$2
    shift 2
    fails 2 "$1: $message" "$hint" "$@"
}

# json_error STATUS CODE WORDS...: stderr is one error object with that code.
json_error() {
    local expected=$1 code=$2
    shift 2
    xn "$@"
    status_is "$expected" && equal stdout "$output" "" &&
        equal "stderr, as JSON," \
            "$(jq -r '.code + " " + (keys_unsorted | join(" "))' <<< "$stderr" 2>&1)" \
            "$code code message cause hint"
}

has_xen() {
    [ -e /dev/xen/privcmd ] || [ -e /proc/xen ] || [ -e /sys/hypervisor/type ]
}

skip_with_xen() {
    if has_xen; then
        skip "this machine runs Xen"
    fi
}

# no_xen COMMAND WORDS...: it wants a host, and says that there is none.
no_xen() {
    skip_with_xen
    xn "$@"
    status_is 4 && equal stdout "$output" "" &&
        equal "first line" "${stderr%%$'\n'*}" \
            "xn: $1: this machine does not run the Xen hypervisor" &&
        has "last line" "${stderr##*$'\n'}" '^hint: install it '
}

# help_works COMMAND: the contract of --help.
help_works() {
    xn "$1" --help
    status_is 0 && equal stderr "$stderr" "" &&
        has "first line" "${output%%$'\n'*}" "^Usage: xn $1( |\$)" &&
        has help "$output" '^  -h, --help  +show this help$' || return
    if grep -nE '.{81}' <<< "$output"; then
        echo "these lines are wider than 80 columns"
        return 1
    fi
    local long=$output
    xn "$1" -h
    status_is 0 && equal -h "$output" "$long" || return
    xn help "$1"
    status_is 0 && equal 'help COMMAND' "$output" "$long" || return
    # Whatever else is said: who asks for help gets it.
    xn "$1" --help --frobnicate
    status_is 0 && equal 'help before a mistake' "$output" "$long"
}

# bad_options COMMAND: options that nobody knows.
bad_options() {
    usage_error "unknown option '--frobnicate'" "see 'xn $1 --help'" "$1" --frobnicate &&
        usage_error "unknown option '-@'" "see 'xn $1 --help'" "$1" -@ &&
        usage_error "unknown option '--hlep'" "did you mean '--help'?" "$1" --hlep &&
        usage_error "option '--help' takes no value, but 'x' was given" "see 'xn $1 --help'" \
            "$1" --help=x
}

# bad_formats COMMAND: of a command with --format=table or json only.
bad_formats() {
    usage_error "option '--format': 'xml' is not one of table, json" "" "$1" --format xml &&
        usage_error "option '--format': 'jsn' is not one of table, json" "did you mean 'json'?" \
            "$1" --format=jsn &&
        usage_error "option '--format' needs a value" "write it as --format=FORMAT" "$1" --format
}

# bad_domains COMMAND [WORDS...]: words that can name no domain are refused before a host is looked for.
bad_domains() {
    local word
    for word in +1 4294967296 99999999999999999999 32752 domid: domid:x domid:-1; do
        has_domain_error "'$word' is not a domain number" "$1" "$word" "${@:2}" || return
    done
    has_domain_error "'-1' is not a domain number" "$1" -- -1 "${@:2}" &&
        has_domain_error "'x' is not a UUID" "$1" uuid:x "${@:2}" &&
        has_domain_error "empty domain name" "$1" name: "${@:2}"
}

# has_domain_error MESSAGE COMMAND WORDS...: usage error; more may follow the message.
has_domain_error() {
    local message="xn: $2: $1" first
    xn "${@:2}"
    first=${stderr%%$'\n'*}
    first=${first/: DOMAIN: /: }
    status_is 2 && equal stdout "$output" "" && equal "first line" "${first:0:${#message}}" "$message"
}

# bad_part MESSAGE COMMAND WORDS...: a device that cannot be understood is a usage error; this is its first
# line, and behind it stands where.
bad_part() {
    local message=$1
    shift
    xn "$@"
    status_is 2 && equal stdout "$output" "" &&
        equal "first line" "${stderr%%$'\n'*}" "xn: $1: $message"
}
