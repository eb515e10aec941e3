/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest's network interface (vif) as listings show it. */
#ifndef XN_MODEL_NIC_H
#define XN_MODEL_NIC_H

#include "model/device.h"

#define MAC_TEXT_SIZE 18

/* What the kernel has counted since the interface was made, seen from the guest. */
struct nic_traffic {
    uint64_t received_bytes, sent_bytes;
    uint64_t received_packets, sent_packets;
};

struct nic {
    struct device device;    /* first; its devid is xl's Idx */
    char mac[MAC_TEXT_SIZE]; /* lower case; "" when xenstore has none */
    int tx_ring_ref, rx_ring_ref;
    /* What xl's layout does not show; filled when all columns are wanted. */
    char *interface; /* on the host: vifname, or vifDOMID.DEVID */
    char *bridge;    /* that was asked for */
    char *joined;    /* what the interface belongs to now, as the kernel says; NULL: nothing */
    char *ip;
    char *script;
    char *gateway_device;
    const char *type; /* "vif" or "ioemu"; static, NULL: unknown */
    int mtu;          /* DEVICE_UNKNOWN: the default */
    bool limited;     /* there is a rate: */
    uint64_t rate_bytes_per_interval;
    uint64_t rate_interval_us;
    int backend_state; /* DEVICE_UNKNOWN */
    bool counted;      /* there is traffic: the interface is on this host */
    struct nic_traffic traffic;
};

/* For device_rows_add. */
void nic_release(void *row);
/* "00:16:3E:00:00:01" to lower case; false, and "", when text is no MAC address. */
bool nic_parse_mac(const char *text, char *ret_mac);
/* The word names this one: its number, its MAC address or its name on the host. */
bool nic_is_named(const struct nic *nic, const char *word);

extern const struct column_table nic_columns;

#define NIC_XL_COLUMNS 1
extern const struct xl_column nic_xl_columns[NIC_XL_COLUMNS];

#endif
