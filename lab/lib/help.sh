# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What 'help' says.

# cmd_help [COMMAND]
cmd_help() {
	case ${1:-} in
	'') help_all ;;
	build | up | exec | copy | push | console | status | verdict | power | link | down | help) "help_$1" ;;
	*) usage "help: there is no command '$1'" help ;;
	esac
}

help_all() {
	cat <<'END'
xenlab runs real Xen hosts in QEMU: Debian 12's dom0, Xen 4.17, xl, and guests for it. No Xen needed here.

usage: xenlab [--lab NAME] COMMAND [ARGUMENT...]

  build                    builds the dom0 image, if it is not there or what it is made of changed
  up [OPTION...]           starts a lab: 'help up' has the variants
  exec HOST COMMAND...     runs a command in a host's dom0
  copy SOURCE... DEST      copies files; one side is HOST:PATH
  push                     installs a build tree of xn into all hosts of the lab
  console HOST             attaches to a host's serial console
  status                   shows all labs
  verdict                  tells whether what ran in the lab proves anything
  power HOST WHAT          power loss, power on, freeze and thaw
  link HOST up|down        pulls or plugs the cable between the hosts
  down                     ends the lab, after a last verdict
  help [COMMAND]           this, or more about one command

A lab has a name ('default' if nothing is said) and its hosts are host1, host2 ... (or just 1, 2).
Labs do not disturb each other. $XENLAB is used as the name where --lab is not given.

A first try:
  lab/xenlab up
  lab/xenlab exec host1 xl create /var/lib/xenlab/guests/pvh.cfg
  lab/xenlab exec --tty host1 xl console pvh          (leave with Ctrl-])
  lab/xenlab down

Exit status: 0 done, 1 failed, 2 wrong usage, 3 the lab is broken; exec passes the command's own.
END
}

help_build() {
	cat <<'END'
usage: xenlab build [--force]

Builds the dom0 image into the cache. 'up' does this by itself when it must. The image is built again only when
the files in lab/image and lab/guest change; --force builds it anyway, for newer Debian packages.
Takes one to three minutes and needs a Debian mirror: the one this machine's apt uses, else deb.debian.org.
END
}

help_up() {
	cat <<'END'
usage: xenlab [--lab NAME] up [OPTION...]

  --hosts N              1 to 4 hosts on one network, which know each other's ssh keys (1)
  --cpus N               CPUs of each host (2)
  --memory SIZE          memory of each host (3G)
  --dom0-memory SIZE     how much of it is dom0's (1024M)
  --xenstored c|ocaml    which xenstored (ocaml, Debian's default)
  --numa                 two NUMA nodes
  --iommu                an emulated IOMMU and two spare network cards to pass through; always boots
  --usb                  a USB controller with a tablet
  --exact                one CPU whose clock counts instructions: figures repeat whatever else runs here
  --cold                 boots instead of starting from the saved state

The first start of a variant boots a host and saves it; later ones take seconds (except --iommu and --exact, which always boot). A lab that is already up is left alone.

examples:
  xenlab up
  xenlab --lab two up --hosts 2 --memory 4G
  xenlab --lab bench up --exact --xenstored c
END
}

help_exec() {
	cat <<'END'
usage: xenlab exec [--tty] [--verdict] HOST COMMAND [ARGUMENT...]

Runs a command in dom0, as root. Arguments arrive exactly as given; standard input, output, error and the exit status
are the command's own. --tty gives it a terminal. --verdict looks at the logs afterwards: status 3 when the lab is broken.
Without a command, on a terminal: a shell.

examples:
  xenlab exec host1 xl list
  xenlab exec host1 sh -c 'xl list | wc -l'
  xenlab exec --tty host1 xl top
END
}

help_copy() {
	cat <<'END'
usage: xenlab copy FILE... HOST:PATH
       xenlab copy HOST:FILE... PATH

Copies files and folders into or out of a host.

examples:
  xenlab copy guest.cfg host1:/root/
  xenlab copy host1:/var/log/xen .
END
}

help_push() {
	cat <<'END'
usage: xenlab push [--build DIR] [--all]

Runs 'make install' of a build tree into a temporary folder and sends what changed since the last push to every
host of the lab. DIR is the current folder if it has a Makefile, else the repository's top. --all sends everything.

example:
  make && lab/xenlab push && lab/xenlab exec host1 xn list
END
}

help_console() {
	cat <<'END'
usage: xenlab console HOST

Attaches to the serial console: messages of Xen and dom0, and a root shell. Ctrl-] leaves; Ctrl-a three times
switches between dom0 and Xen's debug keys. One at a time. All that was ever printed is in serial.log (see README.md).
END
}

help_status() {
	cat <<'END'
usage: xenlab status [--json]

Shows the hosts of all labs: state (up, starting, frozen, off, dead), process, accelerator, ssh port, since when, last
verdict, variant.
END
}

help_verdict() {
	cat <<'END'
usage: xenlab verdict

Looks through the kernel log of dom0 and the log of Xen for a segfault, a general protection fault or a crash.
Status 0: healthy. Status 3: 'lab broken': a test that ran there has neither passed nor failed. 'down' does the same.
END
}

help_power() {
	cat <<'END'
usage: xenlab power HOST off|on|freeze|thaw

off: power loss; what the host did not flush is gone. on: boots from the disk as it was left (takes 1 to 2 min).
freeze, thaw: stops the whole machine, and lets it go on.
END
}

help_link() {
	cat <<'END'
usage: xenlab link HOST up|down

The host's cable to the other hosts. exec, copy and push go another way and still work.
END
}

help_down() {
	cat <<'END'
usage: xenlab [--lab NAME] down [--no-verdict]

Says the verdict, ends all processes of the lab and removes its files; status 3 when the lab was broken.
END
}

help_help() { help_all; }
