/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of every guest: what it is and what it may use. */
#include "config/build.h"
#include "config/keys.h"

static const struct key_choice types[] = {
    { "pv", LIBXL_DOMAIN_TYPE_PV, "paravirtualised" },
    { "pvh", LIBXL_DOMAIN_TYPE_PVH, "hardware virtualisation without emulated devices" },
    { "hvm", LIBXL_DOMAIN_TYPE_HVM, "a whole PC with emulated devices" },
    { NULL, 0, NULL },
};

static const struct key_choice builders[] = {
    { "hvm", LIBXL_DOMAIN_TYPE_HVM, "type hvm" },
    { "generic", LIBXL_DOMAIN_TYPE_PV, "type pv" },
    { NULL, 0, NULL },
};

#ifdef LIBXL_HAVE_XENSTORE_FEATURE_MASK
#define FEATURE_MASK KEY_UINT(b_info.xenstore_feature_mask)
#else
#define FEATURE_MASK KEY_UNAVAILABLE
#endif

#ifdef LIBXL_HAVE_XENSTORE_QUOTA
#define QUOTA .build = build_xenstore_quota
#else
#define QUOTA KEY_UNAVAILABLE
#endif

const struct config_key keys_general[] = {
    { "name", FORM_TEXT, .guests = GUEST_ALL, .since = "4.0", .field = "c_info.name",
      .meaning = "the guest's name, unique on the host", .example = "name = \"web\"",
      .build = build_name },
    { "type", FORM_TEXT, .choices = types, .guests = GUEST_ALL, .since = "4.0",
      .field = "c_info.type", .fallback = "pv, on Arm pvh",
      .meaning = "how the guest is virtualised", .example = "type = \"pvh\"", .build = build_type },
    { "builder", FORM_TEXT, .choices = builders, .guests = GUEST_ALL, .since = "4.0",
      .field = "c_info.type", .replaced_by = "'type'", .meaning = "the old way to give the type",
      .example = "builder = \"hvm\"", .build = build_type },
    { "uuid", FORM_TEXT, .form_text = "a UUID", .guests = GUEST_ALL, .since = "4.1",
      .field = "c_info.uuid", .fallback = "a new one each time", .meaning = "the guest's UUID",
      .example = "uuid = \"01234567-89ab-cdef-0123-456789abcdef\"", .build = build_uuid },
    { "pool", FORM_TEXT, .guests = GUEST_ALL, .since = "4.1", .fallback = "pool 0",
      .meaning = "the CPU pool that the guest runs in, by name or number",
      .example = "pool = \"Pool-0\"", KEY_TEXT(c_info.pool_name) },
    { "seclabel", FORM_TEXT, .guests = GUEST_ALL, .since = "4.2",
      .field = "c_info.ssid_label, with init_seclabel b_info.exec_ssid_label",
      .fallback = "what the policy gives", .meaning = "the guest's XSM security label",
      .example = "seclabel = \"system_u:system_r:domU_t\"", .build = build_seclabel },
    { "init_seclabel", FORM_TEXT, .guests = GUEST_ALL, .since = "4.3", .field = "c_info.ssid_label",
      .meaning = "the security label while the guest is built",
      .example = "init_seclabel = \"system_u:system_r:domU_t\"", .build = build_seclabel },
    { "driver_domain", FORM_BOOL, .guests = GUEST_ALL, .since = "4.4", .fallback = "0",
      .meaning = "the guest provides devices to other guests", .example = "driver_domain = 1",
      KEY_BOOL(c_info.driver_domain) },
    { "nomigrate", FORM_BOOL, .guests = GUEST_ALL, .since = "4.1", .fallback = "0",
      .meaning = "the guest must never be saved or migrated", .example = "nomigrate = 1",
      KEY_BOOL(b_info.disable_migrate) },
    { "max_event_channels", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.4", .fallback = "1023",
      .meaning = "how many event channels the guest may have",
      .example = "max_event_channels = 2047", KEY_UINT(b_info.event_channels) },
    { "vmtrace_buf_kb", FORM_NUMBER, .form_text = "a number of KiB, a power of two",
      .guests = GUEST_ALL, .since = "4.15", .fallback = "0, off",
      .meaning = "the size of the Intel processor trace buffer of each CPU",
      .example = "vmtrace_buf_kb = 1024", KEY_INT(b_info.vmtrace_buf_kb) },
    { "xend_suspend_evtchn_compat", FORM_BOOL, .guests = GUEST_ALL, .since = "4.14",
      .fallback = "0", .meaning = "let old guests suspend by the event channel of xend",
      .example = "xend_suspend_evtchn_compat = 1", KEY_BOOL(c_info.xend_suspend_evtchn_compat) },
    { "xenstore_feature_mask", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.21",
      .fallback = "0xffffffff", .meaning = "which features of xenstore the guest may see",
      .example = "xenstore_feature_mask = 0xffffffff", FEATURE_MASK },
    { "xenstore_quota", FORM_LIST, .form_text = "a list of \"quota=value\"", .guests = GUEST_ALL,
      .since = "4.22", .meaning = "limits on the guest's use of xenstore",
      .example = "xenstore_quota = [ \"nodes=1000\" ]", QUOTA },
    { .name = NULL },
};
