/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of disks and network interfaces. */
#include "config/build.h"
#include "config/keys.h"
#include "config/spec.h"

static const struct key_choice nic_types[] = {
    { "vif", LIBXL_NIC_TYPE_VIF, "paravirtual only" },
    { "ioemu", LIBXL_NIC_TYPE_VIF_IOEMU, "an emulated card beside the paravirtual one" },
    { NULL },
};

#define NIC(field) PART_TEXT(libxl_device_nic, field)

static const struct config_key vif_parts[] = {
    { "mac", .form = FORM_OTHER, .form_text = "six bytes such as 00:16:3e:00:00:01" },
    { "bridge", .form = FORM_TEXT, NIC(bridge) },
    { "type", .form = FORM_CHOICE, .choices = nic_types },
    { "model", .form = FORM_TEXT, NIC(model) },
    { "script", .form = FORM_TEXT, NIC(script) },
    { "ip", .form = FORM_TEXT, NIC(ip) },
    { "backend", .form = FORM_TEXT, NIC(backend_domname) },
    { "vifname", .form = FORM_TEXT, NIC(ifname) },
    { "rate", .form = FORM_OTHER, .form_text = "a rate such as 10Mb/s or 250KB/s@20ms" },
    { "gatewaydev", .form = FORM_TEXT, NIC(gatewaydev) },
    { "netdev", .form = FORM_TEXT },
    { "devid", .form = FORM_NUMBER, PART_INT(libxl_device_nic, devid) },
    { "mtu", .form = FORM_NUMBER, PART_INT(libxl_device_nic, mtu) },
    { "trusted", .form = FORM_OTHER, .form_text = "no value" },
    { "untrusted", .form = FORM_OTHER, .form_text = "no value" },
    { "accel", .form = FORM_TEXT },
    { .name = NULL },
};

const struct config_key keys_devices[] = {
    {
        "disk",
        .form = FORM_SPECS,
        .form_text = "a list of disks",
        .meaning = "the guest's disks",
        .example = "disk = [ \"/dev/vg/web,raw,xvda,rw\" ]",
        .guests = GUEST_ALL,
        .field = "disks",
        .since = "4.0",
        .build = build_disks,
    },
    {
        "vif",
        .form = FORM_SPECS,
        .form_text = "a list of network interfaces",
        .meaning = "the guest's network interfaces",
        .example = "vif = [ \"mac=00:16:3e:00:00:01,bridge=xenbr0\" ]",
        .guests = GUEST_ALL,
        .field = "nics",
        .since = "4.0",
        .parts = vif_parts,
        .build = build_vifs,
    },
    { .name = NULL },
};
