/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network interfaces, through any socket. A name that is too long names nothing. */
#ifndef XN_HOTPLUG_LINK_H
#define XN_HOTPLUG_LINK_H

#include <stdbool.h>

bool link_exists(int socket, const char *name);
bool link_set_up(int socket, const char *name, bool up);
bool link_rename(int socket, const char *name, const char *to);
/* The Ethernet address that no bridge takes for its own: the largest that is for one station. */
bool link_set_dummy_address(int socket, const char *name);
/* Bytes; 0: not known. */
unsigned link_mtu(int socket, const char *name);
bool link_set_mtu(int socket, const char *name, unsigned mtu);
bool link_join(int socket, const char *bridge, const char *name);
bool link_leave(int socket, const char *bridge, const char *name);
/* Of IPv4 or IPv6; true when nobody can tell. */
bool link_has_addresses(const char *name);

#endif
