#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One case of hotplug.bats, in namespaces of its own: hotplug.bash CASE WHO FOLDER. WHO is "script", for Xen's script,
# "helper", for what stands in for it, or "xn", for what xn would start. Prints what is left, so that the two can be compared; $FOLDER/bash is there
# when a script ran.
set -eu
CASE=$1 WHO=$2 FOLDER=$3
SCRIPTS=${SCRIPTS:-/etc/xen/scripts}
BACKEND=/local/domain/0/backend

mount -t sysfs none /sys # that of this network
mount -t tmpfs none /run # the locks, and no syslog
mount -t tmpfs none /var/log
mkdir /var/log/xen
export XENSTORED_RUNDIR=$FOLDER XENBUS_BASE_PATH=backend BASH_ENV=$FOLDER/mark
printf 'case $0 in */scripts/*) : > %q ;; esac\n' "$FOLDER/bash" > "$BASH_ENV"

# install [LINE]: a host with xn-hotplug, and with that line in xn.conf.
install() {
    local place
    place=$("$BUILD/tests/host/start-script")
    cp -R /etc/xen "$FOLDER/etc"
    [ $# = 0 ] || echo "$1" > "$FOLDER/etc/xn.conf"
    mount --bind "$FOLDER/etc" /etc/xen
    mount -t tmpfs none "$(dirname "$place")"
    mkdir -p "$place"
    cp "$BUILD/xn-hotplug" "$place"
}

# start_store [REFUSED]
start_store() {
    "$BUILD/tests/host/xenstored-stand-in" "$FOLDER/socket" "$@" 3>&- &
    STORE=$!
    until [ -S "$FOLDER/socket" ]; do sleep 0.02; done
}

put() {
    while [ $# -gt 0 ]; do
        xenstore-write "$1" "$2"
        shift 2
    done
}

# run NAME WORDS...: the script or who stands in for it; its status is printed.
run() {
    local status=0 name=$1
    shift
    if [ "$WHO" = script ]; then
        "$SCRIPTS/$name" "$@" || status=$?
    elif [ "$WHO" = helper ]; then
        (exec -a "$SCRIPTS/$name" "$BUILD/xn-hotplug" "$@") || status=$?
    else
        "$BUILD/tests/host/start-script" "$SCRIPTS/$name" "$@" || status=$?
    fi
    echo "status of $name $1: $status"
}

left() {
    local file
    echo "xenstore:"
    xenstore-ls -f / | grep ' = ' | sed -E 's#/dev/loop[0-9]+#/dev/loopN#; s#physical-device = "7:[0-9a-f]+"#physical-device = "7:N"#'
    for file in /sys/class/net/*; do
        file=${file##*/}
        case $file in lo | peer* | bonding_masters) continue ;; esac
        echo "$file: flags $(cat "/sys/class/net/$file/flags") mtu $(cat "/sys/class/net/$file/mtu")" \
            "address $(cat "/sys/class/net/$file/address") in $(readlink "/sys/class/net/$file/master" || echo nothing)"
    done
    for file in "$FOLDER"/*.img; do
        [ ! -e "$file" ] ||
            losetup -j "$file" -l -n -O SIZELIMIT,OFFSET,AUTOCLEAR,RO,BACK-FILE,DIO,LOG-SEC | sed "s#$FOLDER#FOLDER#"
    done
    ls -A /run/xen-hotplug 2> /dev/null || :
    # The words of the tools and the script are not of this program.
}

bridge() {
    ip link add "$1" address 02:00:00:00:00:01 mtu "${2:-1500}" type bridge
    ip link set "$1" up
}

# vif NAME: as the backend driver makes it.
vif() {
    ip link add "$1" address 02:00:00:00:00:07 mtu 1500 type veth peer name peer
    export XENBUS_TYPE=vif XENBUS_PATH=backend/vif/7/0 vif=vif7.0
    put "$BACKEND/vif/7/0/frontend-id" 7 /local/domain/7/device/vif/0/mac x
}

plain_vif() {
    bridge br-a
    vif vif7.0
    put "$BACKEND/vif/7/0/bridge" br-a
}

vif_comes() { plain_vif; run vif-bridge online type_if=vif; }
vif_comes_twice() { vif_comes; run vif-bridge online type_if=vif; }
vif_goes() { vif_comes; run vif-bridge offline type_if=vif; }
vif_is_gone() { vif_comes; ip link del vif7.0; run vif-bridge offline type_if=vif; }
vif_goes_without_a_bridge() { vif_comes; ip link del br-a; run vif-bridge offline type_if=vif; }
vif_of_a_large_bridge() { bridge br-b 9000; vif vif7.0; put "$BACKEND/vif/7/0/bridge" br-b; run vif-bridge online type_if=vif; }
vif_with_mtu() { plain_vif; put "$BACKEND/vif/7/0/mtu" 1400; run vif-bridge online type_if=vif; }
vif_with_mtu_0() { plain_vif; put "$BACKEND/vif/7/0/mtu" 0; run vif-bridge online type_if=vif; }
vif_with_bad_mtu() { plain_vif; put "$BACKEND/vif/7/0/mtu" large; run vif-bridge online type_if=vif; }
vif_with_ip() { plain_vif; put "$BACKEND/vif/7/0/ip" 10.0.0.7; run vif-bridge online type_if=vif; }
vif_with_name() { plain_vif; put "$BACKEND/vif/7/0/vifname" web; run vif-bridge online type_if=vif; }
vif_with_name_goes() { vif_with_name; run vif-bridge offline type_if=vif; }
vif_with_name_taken() { plain_vif; ip link add web address 02:00:00:00:00:02 type bridge; put "$BACKEND/vif/7/0/vifname" web; run vif-bridge online type_if=vif; }
vif_with_long_name() { plain_vif; put "$BACKEND/vif/7/0/vifname" aname-longer-than-it-may-be; run vif-bridge online type_if=vif; }
vif_with_address() { plain_vif; ip addr add 10.0.0.1/24 dev vif7.0; run vif-bridge online type_if=vif; ip -o -4 addr show dev vif7.0; }
vif_without_device() { plain_vif; ip link del vif7.0; run vif-bridge online type_if=vif; }
vif_elsewhere() { plain_vif; bridge br-b; ip link set vif7.0 master br-b; run vif-bridge online type_if=vif; }
vif_without_bridge() { vif vif7.0; put "$BACKEND/vif/7/0/bridge" br-a; run vif-bridge online type_if=vif; }
vif_of_no_bridge() { vif vif7.0; put "$BACKEND/vif/7/0/bridge" lo; run vif-bridge online type_if=vif; }
vif_of_any_bridge() { bridge br-a; vif vif7.0; run vif-bridge online type_if=vif; }
vif_of_old_bridge() { bridge eth9; vif vif7.0; put "$BACKEND/vif/7/0/bridge" xenbr9; run vif-bridge online type_if=vif; }
vif_refused() { vif_comes; }
vif_with_name_refused() { vif_with_name; }
vif_of_bad_type() { plain_vif; run vif-bridge online type_if=tun; }
vif_of_bad_command() { plain_vif; run vif-bridge up type_if=vif; }

tap() {
    bridge br-a
    vif vif7.0
    ip link add vif7.0-emu address 02:00:00:00:00:08 mtu 1500 type veth peer name peer-emu
    export INTERFACE=vif7.0-emu
    put "$BACKEND/vif/7/0/bridge" br-a
}

tap_comes() { tap; run vif-bridge add type_if=tap; }
tap_goes() { tap_comes; run vif-bridge remove type_if=tap; }
tap_with_name() { tap; put "$BACKEND/vif/7/0/vifname" web; run vif-bridge add type_if=tap; run vif-bridge remove type_if=tap; }

# disk TARGET MODE
disk() {
    export XENBUS_TYPE=vbd XENBUS_PATH=backend/vbd/7/51712
    put "$BACKEND/vbd/7/51712/params" "$1" "$BACKEND/vbd/7/51712/mode" "$2" "$BACKEND/vbd/7/51712/state" 2 \
        "$BACKEND/vbd/7/51712/type" phy "$BACKEND/vbd/7/51712/frontend-id" 7 /local/domain/7/vm /vm/seven
}

image() {
    truncate -s 1M "$FOLDER/a.img"
}

file_comes() { image; disk "$FOLDER/a.img" w; run block add; }
file_comes_twice() { file_comes; run block add; }
file_goes() { file_comes; run block remove; }
file_goes_twice() { file_goes; run block remove; }
file_to_read() { image; disk "$FOLDER/a.img" r; run block add; }
file_unchecked() { image; disk "$FOLDER/a.img" 'w!'; run block add; }
file_by_link() { image; ln -s a.img "$FOLDER/link"; disk "$FOLDER/link" w; run block add; }
file_read_only() { image; chmod a-w "$FOLDER/a.img"; disk "$FOLDER/a.img" w; run block add; }
file_given_up() { image; disk "$FOLDER/a.img" w; put "$BACKEND/vbd/7/51712/state" 5; run block add; }
file_missing() { disk "$FOLDER/none.img" w; run block add; run block remove; }
file_in_use() { file_comes; disk_of_eight "$FOLDER/a.img" w; run block add; }
file_refused() { file_comes; }
no_mode() { image; export XENBUS_TYPE=vbd XENBUS_PATH=backend/vbd/7/51712; put "$BACKEND/vbd/7/51712/params" "$FOLDER/a.img"; run block add; }

disk_of_eight() {
    export XENBUS_PATH=backend/vbd/8/51712
    put "$BACKEND/vbd/8/51712/params" "$1" "$BACKEND/vbd/8/51712/mode" "$2" "$BACKEND/vbd/8/51712/state" 2 \
        "$BACKEND/vbd/8/51712/type" phy "$BACKEND/vbd/8/51712/frontend-id" 8 /local/domain/8/vm "${3:-/vm/eight}"
}

device() {
    image
    mke2fs -q "$FOLDER/a.img"
    DEVICE=$(losetup -f --show "$FOLDER/a.img")
}

device_comes() { device; disk "$DEVICE" "${1:-w}"; run block add; }
device_goes() { device_comes; run block remove; }
device_by_link() { device; ln -s "$DEVICE" "$FOLDER/link"; disk "$FOLDER/link" w; run block add; }
device_of_two_writers() { device_comes; disk_of_eight "$DEVICE" w; run block add; }
device_of_writer_and_reader() { device_comes; disk_of_eight "$DEVICE" r; run block add; }
device_of_reader_and_writer() { device_comes r; disk_of_eight "$DEVICE" w; run block add; }
device_of_two_readers() { device_comes r; disk_of_eight "$DEVICE" r; run block add; }
device_of_one_guest() { device_comes; disk_of_eight "$DEVICE" w /vm/seven; run block add; }
device_unchecked() { device_comes; disk_of_eight "$DEVICE" 'w!'; run block add; }
device_mounted() { device; mount "$DEVICE" /mnt; disk "$DEVICE" w; run block add; }
device_mounted_to_read() { device; mount -o ro "$DEVICE" /mnt; disk "$DEVICE" r; run block add; }
device_refused() { device_comes; }

# Ten at one time, as ten guests that start.
many_files() {
    local i pids=()
    export XENBUS_TYPE=vbd
    for i in 0 1 2 3 4 5 6 7 8 9; do
        truncate -s 1M "$FOLDER/$i.img"
        put "$BACKEND/vbd/$i/51712/params" "$FOLDER/$i.img" "$BACKEND/vbd/$i/51712/mode" w \
            "$BACKEND/vbd/$i/51712/state" 2 "$BACKEND/vbd/$i/51712/frontend-id" "$i"
    done
    for i in 0 1 2 3 4 5 6 7 8 9; do
        XENBUS_PATH=backend/vbd/$i/51712 run block add &
        pids+=($!)
    done
    wait "${pids[@]}"
    for i in 0 1 2 3 4 5 6 7 8 9; do
        [ "$(losetup -n -O NAME -j "$FOLDER/$i.img")" = "$(xenstore-read "$BACKEND/vbd/$i/51712/node")" ] ||
            echo "disk $i has the loop device of another one"
    done
}

xn_starts_one() { install; file_comes; vif_comes; }
xn_starts_another() { install; cp /etc/xen/scripts/block /etc/xen/scripts/block-mine; image; disk "$FOLDER/a.img" w; run block-mine add; }
xn_is_told_not_to() { install 'fast_hotplug = 0'; file_comes; vif_comes; }
xn_is_told_nonsense() { install 'fast_hotplug = "perhaps"'; file_comes; }
xn_has_no_helper() { install; rm "$("$BUILD/tests/host/start-script")/xn-hotplug"; file_comes; }

# A script holds the lock; the other one waits until it has gone, also by force.
lock_is_held() {
    local holder waiter
    image
    disk "$FOLDER/a.img" w
    mkdir -p /run/xen-hotplug
    flock /run/xen-hotplug/block sleep 600 &
    holder=$!
    sleep 0.5
    run block add > "$FOLDER/said" &
    waiter=$!
    sleep 1
    ! kill -0 "$waiter" || echo "waits"
    pkill -P "$holder"
    wait "$waiter"
    cat "$FOLDER/said"
}

case $CASE in
file_refused | device_refused) start_store physical-device-path ;;
vif_refused | vif_with_name_refused) start_store hotplug-status ;;
*) start_store ;;
esac
trap 'kill "$STORE"' EXIT
"$CASE"
left
mountpoint -q /mnt && umount /mnt
for file in "$FOLDER"/*.img; do
    [ ! -e "$file" ] || losetup -n -O NAME -j "$file" | xargs -r losetup -d
done
