/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest's disk as listings show it. */
#ifndef XN_MODEL_DISK_H
#define XN_MODEL_DISK_H

#include "model/device.h"

struct disk {
    struct device device; /* first; its devid is xl's Vdev, 51712 */
    char *vdev;           /* "xvda" */
    char *configured;     /* the same as it was written, perhaps "51712"; NULL: unknown */
    int ring_ref;
    bool writable, cdrom;
    char *path;               /* what it is made of; NULL: an empty drive */
    const char *format;       /* "raw", "qcow2" ...; static; NULL: an empty drive or unknown */
    const char *backend_type; /* "phy", "qdisk" or "standalone"; static; NULL: unknown */
    char *script;             /* that makes path available; NULL: libxl's own for files */
    /* What xl's layout does not show; filled when all columns are wanted. */
    bool removable;
    char *physical_path; /* the block device of the host that serves it; NULL: none, or unknown */
    uint64_t size_bytes; /* as the guest sees it; 0: unknown */
    int backend_state;   /* DEVICE_UNKNOWN */
    char *specification; /* "xen" or "virtio"; NULL: unknown */
};

/* For device_rows_add. */
void disk_release(void *row);
/* Reads what libxl keeps of a disk's target: "qcow2:/srv/a" of a qdisk, otherwise the path alone.
 */
void disk_set_target(struct disk *disk, const char *params);

extern const struct column_table disk_columns;

#define DISK_XL_COLUMNS 1
extern const struct xl_column disk_xl_columns[DISK_XL_COLUMNS];

#endif
