/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether Xen's hotplug scripts are those that this program can stand in for. An administrator may
 * change any of them, a distribution does, and newer versions of Xen have others: what is not known
 * to the last byte is left to the scripts.
 */
#ifndef XN_HOTPLUG_STOCK_H
#define XN_HOTPLUG_STOCK_H

#include <stdbool.h>

enum stock_kind {
    STOCK_NONE = 0,
    STOCK_VIF = 1,   /* vif-bridge */
    STOCK_BLOCK = 2, /* block */
};

/* What a script of that path would set up; STOCK_NONE: this program knows no such script. */
enum stock_kind stock_kind_of(const char *script);
/* All that the script reads lies beside it as known, and nothing was hooked in. */
bool stock_is_unchanged(const char *script, enum stock_kind kind);

#endif
