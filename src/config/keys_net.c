/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of network interfaces. */
#include "config/build.h"
#include "config/keys.h"

static const struct key_choice nic_types[] = {
    { "vif", LIBXL_NIC_TYPE_VIF, "paravirtual only" },
    { "ioemu", LIBXL_NIC_TYPE_VIF_IOEMU, "an emulated card beside the paravirtual one" },
    { NULL, 0, NULL },
};

#define NIC(path) PART_TEXT(libxl_device_nic, path)
/* The parts of COLO, which is experimental, are named as their fields are. */
#define COLO(path)                                                                                 \
    {                                                                                              \
#path, FORM_TEXT, .since = "4.9", .meaning = "a setting of COLO, which is experimental",   \
                          .example = #path "=text", NIC(path)                                      \
    }
#define COLO_SOCKET(path) COLO(path##_id), COLO(path##_ip), COLO(path##_port)
#define COLO_FILTER(path) COLO(path##_queue), COLO(path##_indev), COLO(path##_outdev)

#ifdef LIBXL_HAVE_DISK_GRANT_USAGE /* vlan came with the same release and has no mark of its own   \
                                    */
#define VLAN NIC(vlan)
#else
#define VLAN KEY_UNAVAILABLE
#endif

static const struct config_key vif_parts[] = {
    { "mac", FORM_TEXT, .form_text = "six bytes such as 00:16:3e:00:00:01", .field = "mac",
      .since = "4.0", .fallback = "a random one, 00:16:3e:...", .meaning = "the MAC address",
      .example = "mac=00:16:3e:00:00:01" },
    { "bridge", FORM_TEXT, .since = "4.0", .fallback = "xl.conf's, else xenbr0",
      .meaning = "the host's bridge that it joins", .example = "bridge=xenbr0", NIC(bridge) },
    { "type", FORM_CHOICE, .choices = nic_types, .field = "nictype", .since = "4.0",
      .fallback = "ioemu for HVM, else vif", .meaning = "whether a card is emulated",
      .example = "type=vif" },
    { "model", FORM_TEXT, .since = "4.0", .fallback = "rtl8139", .meaning = "the emulated card",
      .example = "model=e1000", NIC(model) },
    { "script", FORM_TEXT, .since = "4.0", .fallback = "xl.conf's, else vif-bridge",
      .meaning = "the program that sets it up on the host", .example = "script=vif-route",
      NIC(script) },
    { "ip", FORM_TEXT, .since = "4.0", .meaning = "addresses, handed to the script",
      .example = "ip=192.0.2.2", NIC(ip) },
    { "backend", FORM_TEXT, .form_text = "a domain", .since = "4.1",
      .fallback = "xl.conf's, else domain 0", .meaning = "the domain that serves it",
      .example = "backend=netdom", NIC(backend_domname) },
    { "vifname", FORM_TEXT, .since = "4.0", .fallback = "vifDOMID.DEVID",
      .meaning = "its name on the host", .example = "vifname=web0", NIC(ifname) },
    { "rate", FORM_TEXT, .form_text = "a rate such as 10Mb/s or 250KB/s@20ms",
      .field = "rate_bytes_per_interval, rate_interval_usecs", .since = "4.2",
      .fallback = "no limit", .meaning = "how much the guest may send", .example = "rate=10Mb/s" },
    { "gatewaydev", FORM_TEXT, .since = "4.3", .fallback = "xl.conf's",
      .meaning = "the host's device towards the outside, for vif-route",
      .example = "gatewaydev=eth0", NIC(gatewaydev) },
    { "netdev", FORM_TEXT, .since = "4.3", .field = "gatewaydev", .replaced_by = "'gatewaydev'",
      .meaning = "the old name of gatewaydev", .example = "netdev=eth0" },
    { "devid", FORM_NUMBER, .since = "4.9", .fallback = "its place in the list", .min = 0,
      .max = 65535, .meaning = "its number", .example = "devid=0",
      PART_INT(libxl_device_nic, devid) },
    { "mtu", FORM_NUMBER, .since = "4.15", .fallback = "1500, or the bridge's", .min = 0,
      .max = 65535, .meaning = "the largest packet", .example = "mtu=1500",
      PART_INT(libxl_device_nic, mtu) },
    { "trusted", FORM_OTHER, .form_text = "no value", .field = "trusted", .since = "4.17",
      .fallback = "trusted", .meaning = "the guest trusts the backend", .example = "trusted" },
    { "untrusted", FORM_OTHER, .form_text = "no value", .field = "trusted", .since = "4.17",
      .meaning = "the guest does not trust the backend", .example = "untrusted" },
    { "vlan", FORM_TEXT, .since = "4.19", .meaning = "VLANs, handed to the script",
      .example = "vlan=10p/20", VLAN },
    { "accel", FORM_TEXT, .since = "4.0", .field = "none", .ignored = true,
      .meaning = "an acceleration that is gone", .example = "accel=1" },
    { "forwarddev", FORM_TEXT, .since = "4.7",
      .meaning = "a setting of COLO, which is experimental", .example = "forwarddev=eth1",
      NIC(coloft_forwarddev) },
    COLO_SOCKET(colo_sock_mirror),
    COLO_SOCKET(colo_sock_compare_pri_in),
    COLO_SOCKET(colo_sock_compare_sec_in),
    COLO_SOCKET(colo_sock_compare_notify),
    COLO_SOCKET(colo_sock_redirector0),
    COLO_SOCKET(colo_sock_redirector1),
    COLO_SOCKET(colo_sock_redirector2),
    COLO_SOCKET(colo_sock_sec_redirector0),
    COLO_SOCKET(colo_sock_sec_redirector1),
    COLO(colo_filter_mirror_queue),
    COLO(colo_filter_mirror_outdev),
    COLO_FILTER(colo_filter_redirector0),
    COLO_FILTER(colo_filter_redirector1),
    COLO_FILTER(colo_filter_sec_redirector0),
    COLO_FILTER(colo_filter_sec_redirector1),
    COLO(colo_filter_sec_rewriter0_queue),
    COLO(colo_compare_pri_in),
    COLO(colo_compare_sec_in),
    COLO(colo_compare_out),
    COLO(colo_compare_notify_dev),
    COLO(colo_checkpoint_host),
    COLO(colo_checkpoint_port),
    { .name = NULL },
};

const struct config_key keys_net[] = {
    { "vif", FORM_SPECS, .form_text = "a list of network interfaces", .guests = GUEST_ALL,
      .since = "4.0", .field = "nics", .meaning = "the guest's network interfaces",
      .example = "vif = [ \"mac=00:16:3e:00:00:01,bridge=xenbr0\" ]", .parts = vif_parts,
      .build = build_vifs },
    { "vif2", FORM_LIST, .guests = GUEST_ALL, .since = "4.1", .field = "none", .ignored = true,
      .replaced_by = "'vif'", .meaning = "network interfaces of a kind that is gone",
      .example = "vif2 = [ \"\" ]" },
    { .name = NULL },
};
