/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of every guest: what it is and what becomes of it. */
#include "config/build.h"
#include "config/keys.h"

static const struct key_choice types[] = {
    { "pv", LIBXL_DOMAIN_TYPE_PV, "paravirtualised" },
    { "pvh", LIBXL_DOMAIN_TYPE_PVH, "hardware virtualisation without emulated devices" },
    { "hvm", LIBXL_DOMAIN_TYPE_HVM, "a full PC with emulated devices" },
    { NULL },
};

static const struct key_choice builders[] = {
    { "hvm", LIBXL_DOMAIN_TYPE_HVM, NULL },
    { "generic", LIBXL_DOMAIN_TYPE_PV, NULL },
    { NULL },
};

const struct config_key keys_general[] = {
    {
        "name",
        .form = FORM_TEXT,
        .meaning = "the guest's name, unique on the host",
        .example = "name = \"web\"",
        .guests = GUEST_ALL,
        .field = "c_info.name",
        .since = "4.0",
        .build = build_name,
    },
    {
        "uuid",
        .form = FORM_TEXT,
        .form_text = "a UUID",
        .meaning = "the guest's UUID",
        .example = "uuid = \"01234567-89ab-cdef-0123-456789abcdef\"",
        .guests = GUEST_ALL,
        .field = "c_info.uuid",
        .fallback = "a new one each time",
        .since = "4.1",
        .build = build_uuid,
    },
    {
        "type",
        .form = FORM_TEXT,
        .choices = types,
        .meaning = "how the guest is virtualised",
        .example = "type = \"pvh\"",
        .guests = GUEST_ALL,
        .field = "c_info.type",
        .fallback = "pv, on Arm pvh",
        .since = "4.0",
        .build = build_host_defaults,
    },
    {
        "builder",
        .form = FORM_TEXT,
        .choices = builders,
        .meaning = "the old way to say the type: hvm or generic (pv)",
        .example = "builder = \"hvm\"",
        .guests = GUEST_ALL,
        .field = "c_info.type",
        .since = "4.0",
        .replaced_by = "'type'",
        .build = build_host_defaults,
    },
    {
        "pool",
        .form = FORM_TEXT,
        .meaning = "the CPU pool that the guest runs in, by name or number",
        .example = "pool = \"Pool-0\"",
        .guests = GUEST_ALL,
        .field = "c_info.pool_name",
        .fallback = "pool 0",
        .since = "4.1",
        KEY_TEXT(c_info.pool_name),
    },
    {
        "seclabel",
        .form = FORM_TEXT,
        .meaning = "the guest's XSM/FLASK security label",
        .example = "seclabel = \"system_u:system_r:domU_t\"",
        .guests = GUEST_ALL,
        .field = "c_info.ssid_label; b_info.exec_ssid_label with init_seclabel",
        .since = "4.2",
        .build = build_seclabel,
    },
    {
        "init_seclabel",
        .form = FORM_TEXT,
        .meaning = "the security label while the guest is built",
        .example = "init_seclabel = \"system_u:system_r:domU_t\"",
        .guests = GUEST_ALL,
        .field = "c_info.ssid_label",
        .since = "4.3",
        .build = build_seclabel,
    },
    { .name = NULL },
};
