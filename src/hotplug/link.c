/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* netdevice(7) and the ioctls of bridges; see link.h. */
#include "hotplug/link.h"

#include <ifaddrs.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/ioctl.h>

static bool name_request(struct ifreq *request, const char *name)
{
    memset(request, 0, sizeof(*request));
    if (!*name || strlen(name) >= sizeof(request->ifr_name))
        return false;
    strcpy(request->ifr_name, name);
    return true;
}

bool link_exists(int socket, const char *name)
{
    struct ifreq request;

    return name_request(&request, name) && ioctl(socket, SIOCGIFINDEX, &request) == 0;
}

bool link_set_up(int socket, const char *name, bool up)
{
    struct ifreq request;

    if (!name_request(&request, name) || ioctl(socket, SIOCGIFFLAGS, &request) < 0)
        return false;
    if (up)
        request.ifr_flags |= IFF_UP;
    else
        request.ifr_flags &= ~IFF_UP;
    return ioctl(socket, SIOCSIFFLAGS, &request) == 0;
}

bool link_rename(int socket, const char *name, const char *to)
{
    struct ifreq request;

    if (!name_request(&request, name) || strlen(to) >= sizeof(request.ifr_newname))
        return false;
    strcpy(request.ifr_newname, to);
    return ioctl(socket, SIOCSIFNAME, &request) == 0;
}

bool link_set_dummy_address(int socket, const char *name)
{
    static const unsigned char address[] = { 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff };
    struct ifreq request;

    if (!name_request(&request, name))
        return false;
    request.ifr_hwaddr.sa_family = ARPHRD_ETHER;
    memcpy(request.ifr_hwaddr.sa_data, address, sizeof(address));
    return ioctl(socket, SIOCSIFHWADDR, &request) == 0;
}

unsigned link_mtu(int socket, const char *name)
{
    struct ifreq request;

    if (!name_request(&request, name) || ioctl(socket, SIOCGIFMTU, &request) < 0)
        return 0;
    return (unsigned)request.ifr_mtu;
}

bool link_set_mtu(int socket, const char *name, unsigned mtu)
{
    struct ifreq request;

    if (!name_request(&request, name))
        return false;
    request.ifr_mtu = (int)mtu;
    return ioctl(socket, SIOCSIFMTU, &request) == 0;
}

static bool change_bridge(int socket, unsigned long what, const char *bridge, const char *name)
{
    struct ifreq request;
    int index;

    if (!name_request(&request, name) || ioctl(socket, SIOCGIFINDEX, &request) < 0)
        return false;
    index = request.ifr_ifindex;
    if (!name_request(&request, bridge))
        return false;
    request.ifr_ifindex = index;
    return ioctl(socket, what, &request) == 0;
}

bool link_join(int socket, const char *bridge, const char *name)
{
    return change_bridge(socket, SIOCBRADDIF, bridge, name);
}

bool link_leave(int socket, const char *bridge, const char *name)
{
    return change_bridge(socket, SIOCBRDELIF, bridge, name);
}

bool link_has_addresses(const char *name)
{
    struct ifaddrs *all;
    bool found = false;

    if (getifaddrs(&all) < 0)
        return true;
    for (const struct ifaddrs *at = all; at && !found; at = at->ifa_next)
        found = at->ifa_addr && strcmp(at->ifa_name, name) == 0 &&
                (at->ifa_addr->sa_family == AF_INET || at->ifa_addr->sa_family == AF_INET6);
    freeifaddrs(all);
    return found;
}
