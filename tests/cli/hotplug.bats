#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn-hotplug beside Xen's own scripts: the same work in two networks of their own, and the same is left. In place of
# xenstored there is something that only keeps nodes.
load helper

export BUILD=${BUILD:-$(dirname "$XN")}
# Each case runs twice, and scripts take their time.
export BATS_TEST_TIMEOUT=300
SUM=2bcb11f9041fceceddccc9e07314ea60a8505e185f54d7c7d77b5a37b9936e26

setup() {
    local tool
    [ "$(id -u)" = 0 ] || skip "network namespaces and loop devices need root"
    for tool in ip losetup mke2fs unshare xenstore-ls xenstore-write; do
        command -v "$tool" > /dev/null || skip "$tool is missing"
    done
    unshare -n -m mount -t tmpfs none /run 2> /dev/null || skip "no namespaces here"
    [ -e /dev/loop-control ] || skip "no loop devices here"
    sha256sum --status -c <<< "$SUM  /etc/xen/scripts/block" 2> /dev/null || skip "Xen's scripts are not here"
}

# in_a_host CASE WHO: $left is what is left, $ran who did it.
in_a_host() {
    local folder=$BATS_TEST_TMPDIR/$2
    mkdir "$folder"
    left=$(unshare -n -m bash "$ROOT/tests/cli/hotplug.bash" "$1" "$2" "$folder" 2> "$folder/stderr") || {
        echo "$1 by the $2:"
        cat "$folder/stderr"
        return 1
    }
    left=${left//"$folder"/FOLDER}
    ran=helper
    [ ! -e "$folder/bash" ] || ran=script
    rm -rf "$folder"
}

# alike WHO CASE...: the helper leaves what the script leaves; WHO did it in its case.
alike() {
    local who=$1 case expected
    shift
    for case; do
        in_a_host "$case" script || return
        equal "who has done $case" "$ran" script || return
        expected=$left
        in_a_host "$case" helper || return
        equal "what is left of $case" "$left" "$expected" && equal "who has done $case" "$ran" "$who" || return
    done
}

@test "hotplug: interfaces come" {
    alike helper vif_comes vif_of_a_large_bridge vif_with_mtu vif_with_mtu_0 vif_with_ip
}

@test "hotplug: interfaces go" {
    alike helper vif_goes vif_is_gone
}

@test "hotplug: interfaces that are set up already" {
    alike script vif_comes_twice vif_elsewhere vif_with_address
}

@test "hotplug: interfaces of device models" {
    alike helper tap_comes tap_goes tap_with_name
}

# The script tells the guest of a size below a number that it takes out of the name.
@test "hotplug: interfaces with names" {
    local expected
    for case in vif_with_name vif_with_name_goes; do
        in_a_host "$case" script
        expected=$left
        has "what the script leaves" "$left" '^/local/domain/web/device/vif/web/mtu = "1500"$'
        in_a_host "$case" helper
        equal who "$ran" helper
        has "what is left" "$left" '^web: flags 0x'
        has "what is left" "$left" '^/local/domain/7/device/vif/0/mtu = "1500"$'
        equal "the rest" "$(grep -v /mtu <<< "$left")" "$(grep -v /mtu <<< "$expected")"
    done
    alike script vif_with_name_taken vif_with_long_name
}

@test "hotplug: interfaces that are not the plain case are left to the script" {
    alike script vif_with_bad_mtu vif_without_device vif_without_bridge vif_of_no_bridge vif_of_any_bridge \
        vif_of_old_bridge vif_goes_without_a_bridge vif_of_bad_type vif_of_bad_command
}

@test "hotplug: files become disks" {
    alike helper file_comes file_comes_twice file_goes file_to_read file_unchecked file_by_link file_in_use
}

@test "hotplug: files that are not the plain case are left to the script" {
    alike script file_read_only file_given_up file_missing file_goes_twice no_mode
}

@test "hotplug: devices become disks" {
    alike helper device_comes device_goes device_by_link device_of_two_readers device_unchecked device_mounted_to_read
}

@test "hotplug: devices that others use are refused in the script's words" {
    alike script device_of_two_writers device_of_writer_and_reader device_of_reader_and_writer device_mounted
    in_a_host device_of_two_writers helper
    has "what is left" "$left" 'hotplug-error = "Device /dev/loop[0-9N]+ is mounted in a guest domain'
    alike script device_of_one_guest
    in_a_host device_of_one_guest helper
    has "what is left" "$left" '/8/51712/hotplug-status = "connected"'
}

# What was begun is taken back: the script, which then fails as well, finds all as it was.
@test "hotplug: a xenstore that refuses" {
    alike script vif_refused file_refused device_refused
    in_a_host vif_with_name_refused helper
    equal who "$ran" script
    lacks "what the script says" "$left" 'already exists'
    has "what the script leaves" "$left" '^web: flags 0x'
}

@test "hotplug: many at one time" {
    alike helper many_files
    lacks "what is left" "$left" 'another one'
}

@test "hotplug: scripts and helper shut each other out" {
    alike helper lock_is_held
    has "what was seen" "$left" '^waits$'
}

@test "hotplug: a script that was changed runs" {
    local file
    cp -R /etc/xen/scripts "$BATS_TEST_TMPDIR/scripts"
    export SCRIPTS=$BATS_TEST_TMPDIR/scripts
    in_a_host file_comes helper
    equal "who, of a copy," "$ran" helper
    for file in block block-common.sh xen-hotplug-common.sh xen-script-common.sh hotplugpath.sh logging.sh locking.sh; do
        echo >> "$SCRIPTS/$file"
        in_a_host file_comes helper
        equal "who, with another $file," "$ran" script
        cp "/etc/xen/scripts/$file" "$SCRIPTS/"
    done
    for file in vif-bridge vif-common.sh xen-network-common.sh; do
        echo >> "$SCRIPTS/$file"
        in_a_host vif_comes helper
        equal "who, with another $file," "$ran" script
        cp "/etc/xen/scripts/$file" "$SCRIPTS/"
    done
}

# starts WHO CASE: whom xn starts for the script of that case.
starts() {
    in_a_host "$2" xn && equal "who in $2" "$ran" "$1" && has "what is left" "$left" '^status of [a-z-]+ [a-z]+: 0$' &&
        lacks "what is left" "$left" '^status of [a-z-]+ [a-z]+: [^0]'
}

@test "hotplug: what xn starts" {
    local place
    place=$("$BUILD/tests/host/start-script")
    [ -d "$(dirname "$place")" ] || skip "the folder of '$place' is missing"
    starts helper xn_starts_one && starts script xn_is_told_not_to && starts script xn_is_told_nonsense &&
        starts script xn_has_no_helper && starts script xn_starts_another
}

@test "hotplug: the program by itself" {
    call "$BUILD/xn-hotplug"
    status_is 2 && has stderr "$stderr" '^xn-hotplug: xn starts this program'
    ln -s "$BUILD/xn-hotplug" "$BATS_TEST_TMPDIR/block"
    call "$BATS_TEST_TMPDIR/block" add
    status_is 2
}
