# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The network between the hosts of one lab: unix datagram sockets between the QEMU processes, a star
# around host 1. Datagrams need no connection, so a host may die and come back at any time.

# net_arguments NUMBER: the array NET for host NUMBER of $HOSTS.
net_arguments() {
	local peer
	NET=()
	if [ "$HOSTS" = 1 ]; then
		NET=(-netdev "hubport,id=lan,hubid=0")
	elif [ "$1" != 1 ]; then
		NET=(-netdev "$(net_dgram lan "$1.1" "1.$1")")
	elif [ "$HOSTS" = 2 ]; then
		NET=(-netdev "$(net_dgram lan 1.2 2.1)")
	else
		NET=(-netdev "hubport,id=lan,hubid=0")
		for ((peer = 2; peer <= HOSTS; peer++)); do
			NET+=(-netdev "$(net_dgram "peer$peer" "1.$peer" "$peer.1")" -netdev "hubport,id=port$peer,hubid=0,netdev=peer$peer")
		done
	fi
}

# net_dgram ID LOCAL REMOTE
net_dgram() { echo "dgram,id=$1,local.type=unix,local.path=$LAB_RUN/lan$2,remote.type=unix,remote.path=$LAB_RUN/lan$3"; }
