/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What xenstore and the kernel know of guests' network interfaces. Decisions rest on /libxl, which
 * only this host writes; of the guest's own nodes there are only numbers. */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "xen/device_folders.h"
#include "xen/nic.h"

/* The questions about one interface, in the order in which they are asked. */
enum own_question {
    Q_BACKEND,
    Q_FRONTEND,
    Q_HANDLE,
    Q_MAC,
    Q_VIFNAME,
    Q_STATE,
    Q_EVENT,
    Q_TX,
    Q_RX
};
enum detail_question {
    Q_BRIDGE,
    Q_IP,
    Q_SCRIPT,
    Q_GATEWAY,
    Q_TYPE,
    Q_MTU,
    Q_RATE,
    Q_B_STATE,
    Q_B_NAME
};

static void ask_own(struct store_questions *questions, struct device_folder *folder)
{
    static const char *const ours[] = { "backend", "frontend", "handle", "mac", "vifname", NULL };
    static const char *const theirs[] = { "state", "event-channel", "tx-ring-ref", "rx-ring-ref",
                                          NULL };

    folder->first = questions->count;
    device_folder_ask(questions, folder, ours);
    device_folder_ask_guest(questions, folder, theirs);
}

static void fill_own(struct device_folder *folder, const struct store_questions *answers,
                     struct device_rows *rows)
{
    size_t first = folder->first;
    struct device device = { .domid = folder->domain->domid };
    const char *mac = store_value(answers, first + Q_MAC);
    int handle = store_number(answers, first + Q_HANDLE);
    struct nic *nic;

    if (!device_set_backend(&device, store_value(answers, first + Q_BACKEND)))
        return;
    nic = folder->row = device_rows_add(rows, sizeof(*nic), nic_release);
    device_set_domain(&device, folder->domain);
    device.devid = handle < 0 ? (int)folder->number : handle;
    device.frontend_path = store_text(answers, first + Q_FRONTEND);
    device.state = store_number(answers, first + Q_STATE);
    device.event_channel = store_number(answers, first + Q_EVENT);
    nic->device = device;
    nic->tx_ring_ref = store_number(answers, first + Q_TX);
    nic->rx_ring_ref = store_number(answers, first + Q_RX);
    if (mac)
        (void)nic_parse_mac(mac, nic->mac);
    nic->interface = store_text(answers, first + Q_VIFNAME);
    if (!nic->interface)
        nic->interface = xasprintf("vif%u.%d", device.domid, device.devid);
    nic->mtu = nic->backend_state = DEVICE_UNKNOWN;
}

static void ask_details(struct store_questions *questions, struct device_folder *folder)
{
    static const char *const keys[] = { "bridge", "ip",  "script", "gatewaydev",
                                        "type",   "mtu", "rate",   NULL };
    const struct nic *nic = folder->row;

    folder->first = questions->count;
    device_folder_ask(questions, folder, keys);
    (void)store_question_value(questions, "%s/state", nic->device.backend_path);
    (void)store_question_value(questions, "/local/domain/%u/name", nic->device.backend_domid);
}

static bool read_counter(const char *interface, const char *name, uint64_t *ret)
{
    auto_free char *path = xasprintf("/sys/class/net/%s/statistics/%s", interface, name);

    return file_read_uint(AT_FDCWD, path, 10, ret);
}

/* What the host receives is what the guest sends. */
static void fill_from_kernel(struct nic *nic)
{
    auto_free char *path = NULL;
    char target[PATH_MAX];
    ssize_t length;

    if (nic->device.backend_domid != 0 || strchr(nic->interface, '/') || *nic->interface == '.')
        return;
    nic->counted = read_counter(nic->interface, "tx_bytes", &nic->traffic.received_bytes) &&
                   read_counter(nic->interface, "rx_bytes", &nic->traffic.sent_bytes) &&
                   read_counter(nic->interface, "tx_packets", &nic->traffic.received_packets) &&
                   read_counter(nic->interface, "rx_packets", &nic->traffic.sent_packets);
    path = xasprintf("/sys/class/net/%s/master", nic->interface);
    length = readlink(path, target, sizeof(target) - 1);
    if (length > 0) {
        target[length] = '\0';
        nic->joined = xstrdup(strrchr(target, '/') ? strrchr(target, '/') + 1 : target);
    }
}

static void fill_details(const struct device_folder *folder, const struct store_questions *answers)
{
    struct nic *nic = folder->row;
    size_t first = folder->first;
    const char *type = store_value(answers, first + Q_TYPE);
    const char *rate = store_value(answers, first + Q_RATE);
    unsigned long long bytes, interval;

    nic->bridge = store_text(answers, first + Q_BRIDGE);
    nic->ip = store_text(answers, first + Q_IP);
    nic->script = store_text(answers, first + Q_SCRIPT);
    nic->gateway_device = store_text(answers, first + Q_GATEWAY);
    if (type)
        nic->type = strcmp(type, "vif") == 0 ? "vif" : "ioemu";
    nic->mtu = store_number(answers, first + Q_MTU);
    nic->limited = rate && sscanf(rate, "%llu,%llu", &bytes, &interval) == 2;
    if (nic->limited) {
        nic->rate_bytes_per_interval = bytes;
        nic->rate_interval_us = interval;
    }
    nic->backend_state = store_number(answers, first + Q_B_STATE);
    nic->device.backend = store_text(answers, first + Q_B_NAME);
    fill_from_kernel(nic);
}

static int add_details(struct xen_host *host, struct device_folders *folders, struct error **error)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;

    for (size_t i = 0; i < folders->count; i++)
        if (folders->items[i].row)
            ask_details(&questions, &folders->items[i]);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < folders->count; i++)
        if (folders->items[i].row)
            fill_details(&folders->items[i], &questions);
    return 0;
}

int xen_nic_list(struct xen_host *host, const struct domain *const *domains, size_t count,
                 bool details, struct device_rows *rows, struct error **error)
{
    static const char *const kinds[] = { "vif", NULL };
    auto_device_folders folders = DEVICE_FOLDERS_INIT;
    auto_store_questions questions = STORE_QUESTIONS_INIT;

    if (device_folders_find(host, domains, count, kinds, &folders, error) < 0)
        return -1;
    for (size_t i = 0; i < folders.count; i++)
        ask_own(&questions, &folders.items[i]);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < folders.count; i++)
        fill_own(&folders.items[i], &questions, rows);
    return details ? add_details(host, &folders, error) : 0;
}

int xen_nic_find(struct xen_host *host, const struct domain *domain, const char *word,
                 struct device_rows *rows, const struct nic **ret_nic, struct error **error)
{
    auto_str names = STR_INIT;

    if (xen_nic_list(host, &domain, 1, true, rows, error) < 0)
        return -1;
    for (size_t i = 0; i < rows->count; i++) {
        const struct nic *nic = rows->items[i];

        if (nic_is_named(nic, word)) {
            *ret_nic = nic;
            return 0;
        }
        str_addf(&names, "%s%d (%s)", names.length ? ", " : "", nic->device.devid, nic->mac);
    }
    error_set(error, ERR_DEVICE_NOT_FOUND, "domain %u has no network interface '%s'", domain->domid,
              word);
    return names.length ? error_hint(error, "it has %s", str_text(&names))
                        : error_hint(error, "it has none");
}
