/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of memory and of grants. */
#include "config/build.h"
#include "config/keys.h"

#include <limits.h>

/* What fits into 64 bits as a number of bytes. */
#define MIB_MAX (INT64_MAX >> 20)

const struct config_key keys_memory[] = {
    { "memory", FORM_MIB, .guests = GUEST_ALL, .since = "4.0", .fallback = "as maxmem, else 32",
      .min = 1, .max = MIB_MAX, .meaning = "the guest's memory at start",
      .example = "memory = 1024", KEY_KIB(b_info.target_memkb) },
    { "maxmem", FORM_MIB, .guests = GUEST_ALL, .since = "4.1", .fallback = "as memory", .min = 1,
      .max = MIB_MAX, .meaning = "what the guest's memory can grow to while it runs",
      .example = "maxmem = 2048", KEY_KIB(b_info.max_memkb), .build = build_memory },
    { "shadow_memory", FORM_MIB, .guests = GUEST_PVH | GUEST_HVM, .since = "4.0",
      .fallback = "made from memory and vcpus",
      .meaning = "memory for the page tables that Xen keeps for the guest",
      .example = "shadow_memory = 16", KEY_KIB(b_info.shadow_memkb) },
    { "max_grant_frames", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.10",
      .fallback = "xl.conf's, else Xen's", .max = INT_MAX,
      .meaning = "how many frames the guest's grant table may have",
      .example = "max_grant_frames = 64", KEY_UINT(b_info.max_grant_frames) },
    { "max_maptrack_frames", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.10",
      .fallback = "xl.conf's, else Xen's", .max = INT_MAX,
      .meaning = "how many frames the guest's maptrack table may have",
      .example = "max_maptrack_frames = 1024", KEY_UINT(b_info.max_maptrack_frames) },
    { "max_grant_version", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.16",
      .fallback = "xl.conf's, else the best that Xen has", .max = INT_MAX,
      .meaning = "the highest version of grant tables that the guest may use",
      .example = "max_grant_version = 1", KEY_INT(b_info.max_grant_version) },
    { .name = NULL },
};
