/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One domain from all sides; see guest.h. */
#include "xen/guest.h"

#include <arpa/inet.h>
#include <libxl_utils.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"
#include "xen/mark.h"
#include "xen/origin.h"
#include "xen/store_many.h"
#include "xen/uptime.h"
#include "xen/vcpu.h"
#include "xen/xl_monitor.h"

/* How many addresses of a kind a card is asked for; who publishes more is not helped by a page. */
#define ADDRESSES_MAX 4

static int disk_state(struct xen_host *host, uint32_t domid, libxl_device_disk *disk)
{
    libxl_diskinfo info;
    int state = -1;

    libxl_diskinfo_init(&info);
    if (libxl_device_disk_getinfo(xen_ctx(host), domid, disk, &info) == 0)
        state = info.state;
    libxl_diskinfo_dispose(&info);
    return state;
}

static void fill_disks(struct xen_host *host, struct guest *guest)
{
    uint32_t domid = guest->domain.domid;
    int count = 0;
    libxl_device_disk *list = libxl_device_disk_list(xen_ctx(host), domid, &count);

    if (!list)
        return;
    guest->disks = xcalloc((size_t)count, sizeof(*guest->disks));
    guest->disk_count = (size_t)count;
    for (int i = 0; i < count; i++)
        guest->disks[i] = (struct guest_disk){
            .vdev = xstrdup(list[i].vdev ? list[i].vdev : ""),
            .path = list[i].pdev_path && *list[i].pdev_path ? xstrdup(list[i].pdev_path) : NULL,
            .format = libxl_disk_format_to_string(list[i].format),
            .writable = list[i].readwrite != 0,
            .cdrom = list[i].is_cdrom != 0,
            .backend_domid = list[i].backend_domid,
            .state = disk_state(host, domid, &list[i]),
        };
    libxl_device_disk_list_free(list, count);
}

static int nic_state(struct xen_host *host, uint32_t domid, libxl_device_nic *nic)
{
    libxl_nicinfo info;
    int state = -1;

    libxl_nicinfo_init(&info);
    if (libxl_device_nic_getinfo(xen_ctx(host), domid, nic, &info) == 0)
        state = info.state;
    libxl_nicinfo_dispose(&info);
    return state;
}

/* The name that the kernel gives when the configuration has none. */
static char *interface_name(const struct guest *guest, const libxl_device_nic *nic)
{
    if (nic->ifname && *nic->ifname)
        return xstrdup(nic->ifname);
    return nic->backend_domid == 0 ? xasprintf("vif%u.%d", guest->domain.domid, nic->devid) : NULL;
}

static void fill_networks(struct xen_host *host, struct guest *guest)
{
    int count = 0;
    libxl_device_nic *list = libxl_device_nic_list(xen_ctx(host), guest->domain.domid, &count);

    if (!list)
        return;
    guest->networks = xcalloc((size_t)count, sizeof(*guest->networks));
    guest->network_count = (size_t)count;
    for (int i = 0; i < count; i++) {
        struct guest_network *network = &guest->networks[i];

        *network = (struct guest_network){
            .devid = (uint32_t)list[i].devid,
            .backend_domid = list[i].backend_domid,
            .bridge = xstrdup(list[i].bridge),
            .interface = interface_name(guest, &list[i]),
            .state = nic_state(host, guest->domain.domid, &list[i]),
        };
        snprintf(network->mac, sizeof(network->mac), LIBXL_MAC_FMT, LIBXL_MAC_BYTES(list[i].mac));
    }
    libxl_device_nic_list_free(list, count);
}

/* The nodes that the agents of guests write, of old and of new. */
static void add_address_paths(uint32_t domid, uint32_t devid, struct string_list *paths)
{
    auto_free char *base = xasprintf("/local/domain/%u/attr", domid);

    string_list_take(paths, xasprintf("%s/eth%u/ip", base, devid));
    for (int i = 0; i < ADDRESSES_MAX; i++) {
        string_list_take(paths, xasprintf("%s/vif/%u/ipv4/%d", base, devid, i));
        string_list_take(paths, xasprintf("%s/vif/%u/ipv6/%d", base, devid, i));
        string_list_take(paths, xasprintf("%s/eth%u/ipv6/%d/addr", base, devid, i));
    }
}

/* The guest can write anything there: only what is an address is one. */
static void add_address(struct guest_network *network, const char *text)
{
    unsigned char bytes[sizeof(struct in6_addr)];

    if (!text || string_list_has(&network->addresses, text))
        return;
    if (inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1)
        string_list_add(&network->addresses, text);
}

/* Nodes of the domain's own part of xenstore. */
enum { NODE_TARGET, NODE_TTY, NODE_SERIAL, NODE_VNC_ADDRESS, NODE_VNC_PORT, NODE_COUNT };

static void take_nodes(struct guest *guest, char **texts)
{
    static const size_t per_network = 1 + 3 * ADDRESSES_MAX;
    bool hvm = guest->domain.type && strcmp(guest->domain.type, "hvm") == 0;
    uint64_t port;

    if (texts[NODE_TARGET] && !parse_uint(texts[NODE_TARGET], UINT64_MAX, &guest->target_kib))
        guest->target_kib = 0;
    /* The primary console of an HVM guest is its serial port. */
    guest->console = hvm && texts[NODE_SERIAL] ? TAKE(texts[NODE_SERIAL]) : TAKE(texts[NODE_TTY]);
    guest->vnc_address = TAKE(texts[NODE_VNC_ADDRESS]);
    if (texts[NODE_VNC_PORT] && parse_uint(texts[NODE_VNC_PORT], UINT16_MAX, &port))
        guest->vnc_port = (uint32_t)port;
    for (size_t i = 0; i < guest->network_count; i++)
        for (size_t j = 0; j < per_network; j++)
            add_address(&guest->networks[i], texts[NODE_COUNT + i * per_network + j]);
}

static int fill_nodes(struct xen_host *host, struct guest *guest, struct error **error)
{
    static const char *const names[] = {
        [NODE_TARGET] = "memory/target",      [NODE_TTY] = "console/tty",
        [NODE_SERIAL] = "serial/0/tty",       [NODE_VNC_ADDRESS] = "console/vnc-listen",
        [NODE_VNC_PORT] = "console/vnc-port",
    };
    auto_string_list paths = STRING_LIST_INIT;
    auto_free char **texts = NULL;

    for (size_t i = 0; i < NODE_COUNT; i++)
        string_list_take(&paths, xasprintf("/local/domain/%u/%s", guest->domain.domid, names[i]));
    for (size_t i = 0; i < guest->network_count; i++)
        add_address_paths(guest->domain.domid, guest->networks[i].devid, &paths);
    texts = xcalloc(paths.count, sizeof(*texts));
    if (xen_store_read_many(host, (const char *const *)paths.items, paths.count, texts, error) < 0)
        return -1;
    take_nodes(guest, texts);
    for (size_t i = 0; i < paths.count; i++)
        free(texts[i]);
    return 0;
}

static void fill_start(struct xen_host *host, struct guest *guest)
{
    struct uptime uptime = { .domain = &guest->domain, .now_s = (uint64_t)time(NULL) };

    xen_uptime_fill(host, &uptime);
    guest->now_s = uptime.now_s;
    guest->start_s = uptime.known ? uptime.start_s : 0;
}

static void fill_supervision(struct xen_host *host, struct guest *guest)
{
    bool marked = false;
    pid_t monitor;

    if (guest->domain.domid == 0)
        return;
    if (xen_mark_get(host, &guest->domain, &marked, NULL) == 0 && marked) {
        guest->supervision = SUPERVISED_BY_XN;
        return;
    }
    monitor = xl_monitor_find(guest->domain.domid);
    if (monitor > 0) {
        guest->supervision = SUPERVISED_BY_XL;
        guest->monitor_pid = (uint32_t)monitor;
    }
}

int xen_guest_get(struct xen_host *host, const char *word, struct guest *guest,
                  struct error **error)
{
    if (xen_domain_find(host, word, &guest->domain, error) < 0)
        return -1;
    guest->domain.cpupool = libxl_cpupoolid_to_name(xen_ctx(host), guest->domain.cpupool_id);
    /* Without them the page is still of use. */
    (void)xen_vcpu_list(host, &guest->domain, &guest->vcpus, NULL);
    fill_disks(host, guest);
    fill_networks(host, guest);
    fill_start(host, guest);
    fill_supervision(host, guest);
    guest->config_file = xen_origin_get(host, guest->domain.domid);
    return fill_nodes(host, guest, error);
}
