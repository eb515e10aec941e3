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
#include "xen/disk.h"
#include "xen/domain.h"
#include "xen/mark.h"
#include "xen/nic.h"
#include "xen/origin.h"
#include "xen/store_many.h"
#include "xen/uptime.h"
#include "xen/vcpu.h"
#include "xen/xl_monitor.h"

/* How many addresses of a kind an interface is asked for; who publishes more is not helped by a
 * page. */
#define ADDRESSES_MAX 4

/* The nodes that the agents of guests write, of old and of new. */
static void add_address_paths(uint32_t domid, int devid, struct string_list *paths)
{
    auto_free char *base = xasprintf("/local/domain/%u/attr", domid);

    string_list_take(paths, xasprintf("%s/eth%d/ip", base, devid));
    for (int i = 0; i < ADDRESSES_MAX; i++) {
        string_list_take(paths, xasprintf("%s/vif/%d/ipv4/%d", base, devid, i));
        string_list_take(paths, xasprintf("%s/vif/%d/ipv6/%d", base, devid, i));
        string_list_take(paths, xasprintf("%s/eth%d/ipv6/%d/addr", base, devid, i));
    }
}

/* The guest can write anything there: only what is an address is one. */
static void add_address(struct string_list *addresses, const char *text)
{
    unsigned char bytes[sizeof(struct in6_addr)];

    if (!text || string_list_has(addresses, text))
        return;
    if (inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1)
        string_list_add(addresses, text);
}

/* Nodes of the domain's own part of xenstore. */
enum { NODE_TARGET, NODE_TTY, NODE_SERIAL, NODE_VNC_ADDRESS, NODE_VNC_PORT, NODE_COUNT };

static void take_nodes(struct guest *guest, char **texts)
{
    static const size_t per_nic = 1 + 3 * ADDRESSES_MAX;
    bool hvm = guest->domain.type && strcmp(guest->domain.type, "hvm") == 0;
    uint64_t port;

    if (texts[NODE_TARGET] && !parse_uint(texts[NODE_TARGET], UINT64_MAX, &guest->target_kib))
        guest->target_kib = 0;
    /* The primary console of an HVM guest is its serial port. */
    guest->console = hvm && texts[NODE_SERIAL] ? TAKE(texts[NODE_SERIAL]) : TAKE(texts[NODE_TTY]);
    guest->vnc_address = TAKE(texts[NODE_VNC_ADDRESS]);
    if (texts[NODE_VNC_PORT] && parse_uint(texts[NODE_VNC_PORT], UINT16_MAX, &port))
        guest->vnc_port = (uint32_t)port;
    guest->addresses = xcalloc(guest->nics.count, sizeof(*guest->addresses));
    for (size_t i = 0; i < guest->nics.count; i++)
        for (size_t j = 0; j < per_nic; j++)
            add_address(&guest->addresses[i], texts[NODE_COUNT + i * per_nic + j]);
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
    for (size_t i = 0; i < guest->nics.count; i++)
        add_address_paths(guest->domain.domid,
                          ((const struct nic *)guest->nics.items[i])->device.devid, &paths);
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

    (void)xen_uptimes_fill(host, &uptime, 1, NULL); /* unknown when xenstore is silent */
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
    const struct domain *domain = &guest->domain;

    if (xen_domain_find(host, word, &guest->domain, error) < 0)
        return -1;
    guest->domain.cpupool = libxl_cpupoolid_to_name(xen_ctx(host), guest->domain.cpupool_id);
    if (xen_vcpu_list(host, &domain, 1, &guest->vcpus, error) < 0 ||
        xen_disk_list(host, &domain, 1, true, &guest->disks, error) < 0 ||
        xen_nic_list(host, &domain, 1, true, &guest->nics, error) < 0)
        return -1;
    fill_start(host, guest);
    fill_supervision(host, guest);
    guest->config_file = xen_origin_get(host, guest->domain.domid);
    return fill_nodes(host, guest, error);
}
