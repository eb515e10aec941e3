#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn restore without Xen: what is wrong with a file is found before the host is asked.
load helper

MAGIC='Xen saved domain, xl format\n \0 \r'
CONFIG='{ "c_info": { "type": "pvh", "name": "web" }, "b_info": { "type": "pvh" } }'
HINT="was it copied whole, and was the save that made it finished?"

# le32 NUMBER...: each as four bytes, the lowest first, as printf writes them.
le32() {
    local number
    for number; do
        printf '\\x%02x\\x%02x\\x%02x\\x%02x' $((number & 255)) $((number >> 8 & 255)) \
            $((number >> 16 & 255)) $((number >> 24 & 255))
    done
}

# header ORDER MANDATORY OPTIONAL LENGTH
header() {
    # shellcheck disable=SC2059 # bytes
    printf "$MAGIC$(le32 "$@")"
}

# bytes TEXT: with the escapes of printf.
bytes() {
    # shellcheck disable=SC2059
    printf "$1"
}

# stream: the smallest that is whole: libxl's header, one image of memory with one record, both ends.
stream() {
    bytes 'LibxlFmt\0\0\0\2\0\0\0\0'
    bytes "$(le32 1 0)"
    bytes '\xff\xff\xff\xff\xff\xff\xff\xffXENF\0\0\0\3\0\0\0\0\0\0\0\0'
    bytes "$(le32 2)\\x0c\\0\\0\\0$(le32 4 17)"
    bytes "$(le32 1 11)0123456789a\\0\\0\\0\\0\\0$(le32 0 0)"
    bytes "$(le32 0 0)"
}

setup() {
    # On a little-endian machine, as all that Xen's toolstack runs on.
    cd "$BATS_TEST_TMPDIR" || return
    {
        header 0x01020304 3 0 $((4 + ${#CONFIG} + 1))
        bytes "$(le32 $((${#CONFIG} + 1)))"
        printf '%s\0' "$CONFIG"
    } > header.bytes
    { cat header.bytes; stream; } > good.save
}

# wrong MESSAGE HINT WORDS...: 'xn restore WORDS...' ends with 1.
wrong() {
    local message=$1 hint=$2
    shift 2
    fails 1 "restore: $message" "$hint" restore "$@"
}

# cut LENGTH: the first bytes of the good file.
cut_to() {
    head -c "$1" good.save > cut.save
}

@test "restore: help" {
    help_works restore
}

@test "restore: wrong usage" {
    bad_options restore
    bad_formats restore
    usage_error "'xn restore' needs FILE|CONFIG" "usage: xn restore [OPTION]... FILE|CONFIG [FILE]" restore
    usage_error "too many arguments: 'more'" "see 'xn restore --help'" \
        restore web.cfg web.save more
    usage_error "FILE|CONFIG: empty file name" "" restore ''
    usage_error "FILE: empty file name" "" restore web.cfg ''
    usage_error "-e and -F exclude each other" \
        "-e: nobody looks after the guest; -F: this command does" restore -eF web.save
}

@test "restore: completion" {
    xn __complete -- restore --pa
    status_is 0
    has completion "$output" '--paused'
}

@test "restore: a whole file needs Xen" {
    no_xen restore good.save
    no_xen restore -pce good.save
    no_xen restore -FVAd web.cfg good.save
    json_error 4 no-xen restore --json good.save
}

@test "restore: no file" {
    wrong "cannot open 'none.save': No such file or directory" "" none.save
    wrong "cannot open 'none.save': No such file or directory" "" web.cfg none.save
    wrong "'.' is a folder, not a saved guest" "" .
    wrong "cannot open 'good.save/x': Not a directory" "" good.save/x
    json_error 1 file restore --json none.save
}

@test "restore: no saved guest" {
    : > empty.save
    wrong "'empty.save' is empty" "" empty.save
    wrong "'/dev/null' is empty" "" /dev/null
    wrong "'/dev/zero' is no saved guest" "" /dev/zero
    printf '%0100d' 0 > zeros.save
    wrong "'zeros.save' is no saved guest" "" zeros.save
    { bytes 'xen saved domain, xl format\n \0 \r'; tail -c +33 good.save; } > case.save
    wrong "'case.save' is no saved guest" "" case.save
    sed 's/$/\r/' good.save > dos.save
    wrong "'dos.save' was damaged on its way: its mark is changed" "" dos.save
}

@test "restore: a pipe" {
    mkfifo pipe
    wrong "'pipe' is empty" "nobody writes to this pipe" pipe
    # A writer that comes late.
    { sleep 0.3; cat header.bytes > pipe; } &
    no_xen restore pipe
    wait $!
    head -c 40 header.bytes > pipe &
    wrong "'pipe' is cut off: it ends inside its header" "$HINT" pipe
    wait $!
}

@test "restore: cut inside the header" {
    local length whole
    whole=$(wc -c < header.bytes)
    for length in 1 31 32 47 48 49 51 52 63 $((whole / 2)) $((whole - 1)); do
        cut_to "$length"
        wrong "'cut.save' is cut off: it ends inside its header" "$HINT" cut.save
    done
}

@test "restore: cut inside the stream" {
    local length whole size
    whole=$(wc -c < good.save)
    size=$(wc -c < header.bytes)
    for ((length = size; length < whole; length++)); do
        cut_to "$length"
        wrong "'cut.save' is cut off: more should follow behind byte $length" "$HINT" cut.save
    done
}

@test "restore: more behind the stream" {
    { cat good.save; echo more; } > long.save
    no_xen restore long.save
}

@test "restore: damaged stream" {
    local at
    at=$(wc -c < header.bytes)
    cp good.save bad.save
    printf X | dd of=bad.save bs=1 seek="$at" conv=notrunc status=none
    wrong "'bad.save' is damaged: no stream of libxl at byte $((at + 16))" "" bad.save
    cp good.save bad.save
    printf '\3' | dd of=bad.save bs=1 seek=$((at + 11)) conv=notrunc status=none
    wrong "the stream in 'bad.save' has version 3; this xn knows 2" "" bad.save
    cp good.save bad.save
    printf X | dd of=bad.save bs=1 seek=$((at + 24)) conv=notrunc status=none
    wrong "'bad.save' is damaged: no image of a guest's memory at byte $((at + 48))" "" bad.save
    cp good.save bad.save
    printf '\200' | dd of=bad.save bs=1 seek=$((at + 71)) conv=notrunc status=none
    wrong "'bad.save' is damaged: a record that is too long at byte $((at + 72))" "" bad.save
}

# piece TEXT-FILE: a frame of zstd that holds it as it is, with the lengths in front.
piece() {
    local length
    length=$(wc -c < "$1")
    bytes "$(le32 $((length + 9)) "$length")"
    bytes '\x28\xb5\x2f\xfd\x20'"$(le32 "$length" | cut -c 1-4)"
    bytes "$(le32 $((length << 3 | 1)) | cut -c 1-12)"
    cat "$1"
}

# compressed [FILE...]: behind a header that says so, these in a piece each, and the end.
compressed() {
    local file
    head -c 36 header.bytes
    bytes "$(le32 0x80000003)"
    tail -c +41 header.bytes
    printf 'xn-zstd1'
    for file; do
        piece "$file"
    done
    bytes "$(le32 0 0)"
}

@test "restore: a compressed file" {
    stream > all
    head -c 50 all > one
    tail -c +51 all > two
    compressed all > packed.save
    no_xen restore packed.save
    compressed one two > packed.save
    no_xen restore packed.save
    no_xen restore web.cfg packed.save
    json_error 4 no-xen restore --json packed.save
    no_xen restore <(cat packed.save)
}

@test "restore: a compressed file that is cut" {
    local length whole size
    stream > all
    compressed all > good.save
    whole=$(wc -c < good.save)
    size=$(wc -c < header.bytes)
    for length in $size $((size + 7)) $((size + 8)) $((size + 20)) $((whole - 9)) $((whole - 8)) $((whole - 1)); do
        cut_to "$length"
        wrong "'cut.save' is cut off: more should follow behind byte $length" "$HINT" cut.save
    done
}

@test "restore: a compressed file that is damaged" {
    local at
    at=$(wc -c < header.bytes)
    stream > all
    compressed all > good.save
    { cat good.save; echo; } > bad.save
    wrong "'bad.save' is damaged: something behind its end at byte $(wc -c < good.save)" "" bad.save
    compressed all all > bad.save
    wrong "'bad.save' is damaged: more than one stream at byte $(($(wc -c < good.save) - 8))" "" bad.save
    head -c 100 all > short
    compressed short > bad.save
    wrong "'bad.save' is damaged: an end too early at byte $(($(wc -c < bad.save) - 8))" "" bad.save
    compressed > bad.save
    wrong "'bad.save' is damaged: an end too early at byte $((at + 8))" "" bad.save
    tr L X < all > bad
    compressed bad > bad.save
    wrong "'bad.save' is damaged: no stream of libxl at byte 16 of what is compressed" "" bad.save
    # Plain behind a header that says otherwise, and the other way round.
    { head -c "$at" good.save; cat all; } > bad.save
    wrong "'bad.save' is damaged: nothing that xn has compressed at byte $at" "" bad.save
    { cat header.bytes; tail -c +$((at + 1)) good.save; } > bad.save
    wrong "'bad.save' is damaged: no stream of libxl at byte $((at + 16))" "" bad.save
}

@test "restore: lengths of a compressed file that lie, in little memory" {
    local at length said
    at=$(($(wc -c < header.bytes) + 8))
    stream > all
    compressed all > good.save
    ! grep -qa __asan_init "$XN" || skip "built with a sanitizer"
    for length in 0xffffffff 0x7fffffff 0x00080000 0; do
        for said in $at $((at + 4)); do
            cp good.save bad.save
            bytes "$(le32 "$length")" | dd of=bad.save bs=1 seek="$said" conv=notrunc status=none
            (
                ulimit -v 200000
                wrong "'bad.save' is damaged: no head of a compressed piece at byte $at" "" bad.save
            )
        done
    done
    cp good.save bad.save
    bytes "$(le32 1)" | dd of=bad.save bs=1 seek=$((at + 4)) conv=notrunc status=none
    wrong "'bad.save' is damaged: a compressed piece that was changed at byte $at" "" bad.save
}

@test "restore: of another machine or time" {
    header 0x04030201 3 0 0 > bad.save
    wrong "'bad.save' is of a machine with the other byte order" "" bad.save
    header 0x01020305 3 0 0 > bad.save
    wrong "the header of 'bad.save' is damaged" "" bad.save
    header 0x01020304 7 0 0 > bad.save
    wrong "'bad.save' needs what this xn does not know (flags 0x4)" \
        "a newer xn or xl wrote it; restore it with that one" bad.save
    header 0x01020304 0xc0000003 0 0 > bad.save
    wrong "'bad.save' needs what this xn does not know (flags 0x40000000)" \
        "a newer xn or xl wrote it; restore it with that one" bad.save
}

@test "restore: optional flags and data that nobody knows are skipped" {
    {
        header 0x01020304 3 0xff $((4 + ${#CONFIG} + 1 + 7))
        bytes "$(le32 $((${#CONFIG} + 1)))"
        printf '%s\0unknown' "$CONFIG"
        stream
    } > new.save
    no_xen restore new.save
}

@test "restore: lengths that cannot be, in little memory" {
    local length said
    for length in 0xfffffffb 0xffffffff 0x7fffffff 5; do
        { header 0x01020304 3 0 8; bytes "$(le32 "$length")"; printf 'abcd'; } > bad.save
        said="a configuration of $((length)) bytes in 4"
        wrong "the header of 'bad.save' is damaged: $said" "" bad.save
    done
    # More memory than that cannot be had, so none was asked for. (A sanitizer needs terabytes.)
    ! grep -qa __asan_init "$XN" || skip "built with a sanitizer"
    for length in 0xffffffff 0x80000000 0x00400001; do
        header 0x01020304 3 0 "$length" > bad.save
        (
            ulimit -v 200000
            wrong "the header of 'bad.save' is damaged: it claims $((length)) bytes of configuration" \
                "" bad.save
        )
    done
}

@test "restore: no configuration" {
    local hint="name one: xn restore CONFIG FILE"
    { header 0x01020304 3 0 4; bytes "$(le32 0)"; stream; } > bare.save
    wrong "'bare.save' holds no configuration" "$hint" bare.save
    { header 0x01020304 3 0 0; stream; } > bare.save
    wrong "'bare.save' holds no configuration" "$hint" bare.save
    no_xen restore web.cfg bare.save
}

@test "restore: as xl" {
    skip_with_xen
    xl restore good.save
    status_is 4
    equal "first line" "${stderr%%$'\n'*}" \
        "Loading new save file good.save (new xl fmt info 0x3/0x0/$((4 + ${#CONFIG} + 1)))"
}
