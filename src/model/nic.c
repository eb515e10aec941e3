/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of network-list; see nic.h. */
#include "model/nic.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"

#define NIC(row) ((const struct nic *)(row))

void nic_release(void *row)
{
    struct nic *nic = row;

    device_release(&nic->device);
    free(nic->interface);
    free(nic->bridge);
    free(nic->joined);
    free(nic->ip);
    free(nic->script);
    free(nic->gateway_device);
}

bool nic_parse_mac(const char *text, char *mac)
{
    size_t length = strlen(text);

    *mac = '\0';
    if (length != MAC_TEXT_SIZE - 1)
        return false;
    for (size_t i = 0; i < length; i++)
        if (i % 3 == 2 ? text[i] != ':' : !isxdigit((unsigned char)text[i]))
            return false;
    for (size_t i = 0; i <= length; i++)
        mac[i] = (char)tolower((unsigned char)text[i]);
    return true;
}

bool nic_is_named(const struct nic *nic, const char *word)
{
    char mac[MAC_TEXT_SIZE];
    uint64_t devid;

    if (parse_uint(word, INT32_MAX, &devid))
        return nic->device.devid == (int)devid;
    if (nic_parse_mac(word, mac))
        return strcmp(nic->mac, mac) == 0;
    return nic->interface && strcmp(nic->interface, word) == 0;
}

static void get_mac(const void *row, struct value *value)
{
    if (*NIC(row)->mac)
        value_set_text(value, NIC(row)->mac);
}

static void get_interface(const void *row, struct value *value)
{
    value_set_text(value, NIC(row)->interface);
}

static void get_bridge(const void *row, struct value *value)
{
    value_set_text(value, NIC(row)->bridge);
}

static void get_joined(const void *row, struct value *value)
{
    value_set_text(value, NIC(row)->joined);
}

static void get_ip(const void *row, struct value *value)
{
    value_set_text(value, NIC(row)->ip);
}

static void get_script(const void *row, struct value *value)
{
    value_set_text(value, NIC(row)->script);
}

static void get_gateway_device(const void *row, struct value *value)
{
    value_set_text(value, NIC(row)->gateway_device);
}

static void get_type(const void *row, struct value *value)
{
    value_set_text(value, NIC(row)->type);
}

static void get_mtu(const void *row, struct value *value)
{
    device_value_number(value, NIC(row)->mtu);
}

static void get_rate(const void *row, struct value *value)
{
    const struct nic *nic = NIC(row);

    if (nic->limited && nic->rate_interval_us)
        value_set_uint(value, (uint64_t)((double)nic->rate_bytes_per_interval * 1e6 /
                                         (double)nic->rate_interval_us));
}

static void get_rate_interval(const void *row, struct value *value)
{
    if (NIC(row)->limited)
        value_set_uint(value, NIC(row)->rate_interval_us);
}

static void get_received_bytes(const void *row, struct value *value)
{
    if (NIC(row)->counted)
        value_set_uint(value, NIC(row)->traffic.received_bytes);
}

static void get_sent_bytes(const void *row, struct value *value)
{
    if (NIC(row)->counted)
        value_set_uint(value, NIC(row)->traffic.sent_bytes);
}

static void get_received_packets(const void *row, struct value *value)
{
    if (NIC(row)->counted)
        value_set_uint(value, NIC(row)->traffic.received_packets);
}

static void get_sent_packets(const void *row, struct value *value)
{
    if (NIC(row)->counted)
        value_set_uint(value, NIC(row)->traffic.sent_packets);
}

static void get_backend_state(const void *row, struct value *value)
{
    if (NIC(row)->backend_state != DEVICE_UNKNOWN)
        value_set_text(value, device_state_name(NIC(row)->backend_state));
}

static void get_tx_ring_ref(const void *row, struct value *value)
{
    device_value_number(value, NIC(row)->tx_ring_ref);
}

static void get_rx_ring_ref(const void *row, struct value *value)
{
    device_value_number(value, NIC(row)->rx_ring_ref);
}

static const struct column columns[] = {
    DEVICE_COLUMN_DOMAIN,
    DEVICE_COLUMN_DOMID,
    DEVICE_COLUMN_DEVID,
    { .key = "mac", .title = "MAC", .type = VALUE_TEXT, .get = get_mac, .help = "MAC address" },
    { .key = "interface",
      .title = "INTERFACE",
      .type = VALUE_TEXT,
      .get = get_interface,
      .help = "its name on the host that serves it" },
    { .key = "bridge",
      .title = "BRIDGE",
      .type = VALUE_TEXT,
      .get = get_bridge,
      .help = "the bridge that was asked for" },
    { .key = "joined",
      .title = "JOINED",
      .type = VALUE_TEXT,
      .get = get_joined,
      .help = "the bridge that the host's interface is a part of now" },
    { .key = "ip",
      .title = "IP",
      .type = VALUE_TEXT,
      .get = get_ip,
      .help = "addresses that were handed to the script" },
    DEVICE_COLUMN_STATE,
    DEVICE_COLUMN_STATE_NUMBER,
    { .key = "backend_state",
      .title = "BACKEND-STATE",
      .type = VALUE_TEXT,
      .get = get_backend_state,
      .help = "the same, as the backend says" },
    { .key = "received_bytes",
      .title = "RECEIVED",
      .type = VALUE_UINT,
      .get = get_received_bytes,
      .help = "bytes that the guest was sent" },
    { .key = "sent_bytes",
      .title = "SENT",
      .type = VALUE_UINT,
      .get = get_sent_bytes,
      .help = "bytes that the guest has sent" },
    { .key = "received_packets",
      .title = "RECEIVED-PACKETS",
      .type = VALUE_UINT,
      .get = get_received_packets,
      .help = "packets that the guest was sent" },
    { .key = "sent_packets",
      .title = "SENT-PACKETS",
      .type = VALUE_UINT,
      .get = get_sent_packets,
      .help = "packets that the guest has sent" },
    { .key = "rate_bytes_per_s",
      .title = "RATE",
      .type = VALUE_UINT,
      .get = get_rate,
      .help = "how much the guest may send, bytes per second" },
    { .key = "rate_interval_us",
      .title = "RATE-INTERVAL",
      .type = VALUE_UINT,
      .get = get_rate_interval,
      .help = "how often that is handed out, microseconds" },
    { .key = "type",
      .title = "TYPE",
      .type = VALUE_TEXT,
      .get = get_type,
      .help = "vif, or ioemu with an emulated card beside it" },
    { .key = "mtu",
      .title = "MTU",
      .type = VALUE_INT,
      .get = get_mtu,
      .help = "largest packet, where it is not 1500" },
    { .key = "script",
      .title = "SCRIPT",
      .type = VALUE_TEXT,
      .get = get_script,
      .help = "the program that sets it up on the host" },
    { .key = "gateway_device",
      .title = "GATEWAY-DEVICE",
      .type = VALUE_TEXT,
      .get = get_gateway_device,
      .help = "the host's device towards the outside" },
    DEVICE_COLUMN_BACKEND,
    DEVICE_COLUMN_BACKEND_DOMID,
    DEVICE_COLUMN_EVENT_CHANNEL,
    { .key = "tx_ring_ref",
      .title = "TX-RING",
      .type = VALUE_INT,
      .get = get_tx_ring_ref,
      .help = "grant of the ring of packets that the guest sends" },
    { .key = "rx_ring_ref",
      .title = "RX-RING",
      .type = VALUE_INT,
      .get = get_rx_ring_ref,
      .help = "grant of the ring of packets that the guest receives" },
    DEVICE_COLUMN_BACKEND_PATH,
    DEVICE_COLUMN_FRONTEND_PATH,
};

const struct column_table nic_columns = {
    .noun = "vifs",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,devid,mac,interface,bridge,state,received_bytes,sent_bytes",
};

static void xl_row(struct str *out, const void *row)
{
    const struct nic *nic = NIC(row);
    auto_free char *path = printable(nic->device.backend_path);

    str_addf(out, "%-3d %-2u %s%6d %5d %6d %5d/%-11d %-30s", nic->device.devid,
             nic->device.backend_domid, *nic->mac ? nic->mac : "00:00:00:00:00:00",
             nic->device.devid, nic->device.state, nic->device.event_channel, nic->tx_ring_ref,
             nic->rx_ring_ref, path);
}

const struct xl_column nic_xl_columns[NIC_XL_COLUMNS] = {
    { "Idx BE Mac Addr.         handle state evt-ch   tx-/rx-ring-ref BE-path                      "
      " ",
      xl_row },
};
