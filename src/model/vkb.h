/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A virtual keyboard and pointer of a guest, and the columns of its listing. */
#ifndef XN_MODEL_VKB_H
#define XN_MODEL_VKB_H

#include "model/device.h"

struct vkb {
    struct device device;
    int ring_ref;             /* DEVICE_UNKNOWN */
    char *unique_id;          /* its name for the backend, untrusted; NULL: none */
    const char *backend_type; /* "qemu", "linux" or "unknown"; static */
};

/* For device_rows_add. */
void vkb_release(void *row);

extern const struct column_table vkb_columns;

#define VKB_XL_COLUMNS 2
extern const struct xl_column vkb_xl_columns[VKB_XL_COLUMNS];

#endif
