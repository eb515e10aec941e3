/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of block-list; see disk.h. */
#include "model/disk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define DISK(row) ((const struct disk *)(row))

void disk_release(void *row)
{
    struct disk *disk = row;

    device_release(&disk->device);
    free(disk->vdev);
    free(disk->configured);
    free(disk->path);
    free(disk->script);
    free(disk->physical_path);
    free(disk->specification);
}

/* libxl's word for a raw image that QEMU serves is "aio". */
static const char *format_of(const char *word, size_t length)
{
    static const struct {
        const char *word, *format;
    } formats[] = { { "aio", "raw" },     { "raw", "raw" }, { "qcow", "qcow" },
                    { "qcow2", "qcow2" }, { "vhd", "vhd" }, { "qed", "qed" } };

    for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
        if (strlen(formats[i].word) == length && strncmp(formats[i].word, word, length) == 0)
            return formats[i].format;
    return NULL;
}

void disk_set_target(struct disk *disk, const char *params)
{
    bool qdisk = disk->backend_type && strcmp(disk->backend_type, "qdisk") == 0;
    const char *colon = qdisk && params ? strchr(params, ':') : NULL;
    const char *path = colon ? colon + 1 : params;

    if (!path || !*path)
        return;
    disk->format = colon ? format_of(params, (size_t)(colon - params)) : "raw";
    disk->path = xstrdup(path);
}

static void get_vdev(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->vdev);
}

static void get_path(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->path);
}

static void get_format(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->format);
}

static void get_size(const void *row, struct value *value)
{
    if (DISK(row)->size_bytes)
        value_set_uint(value, DISK(row)->size_bytes);
}

static void get_access(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->writable ? "rw" : "ro");
}

static void get_kind(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->cdrom ? "cdrom" : "disk");
}

static void get_removable(const void *row, struct value *value)
{
    value_set_bool(value, DISK(row)->removable);
}

static void get_backend_type(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->backend_type);
}

static void get_script(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->script);
}

static void get_physical_path(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->physical_path);
}

static void get_specification(const void *row, struct value *value)
{
    value_set_text(value, DISK(row)->specification);
}

static void get_backend_state(const void *row, struct value *value)
{
    if (DISK(row)->backend_state != DEVICE_UNKNOWN)
        value_set_text(value, device_state_name(DISK(row)->backend_state));
}

static void get_ring_ref(const void *row, struct value *value)
{
    device_value_number(value, DISK(row)->ring_ref);
}

static const struct column columns[] = {
    DEVICE_COLUMN_DOMAIN,
    DEVICE_COLUMN_DOMID,
    { .key = "vdev",
      .title = "VDEV",
      .type = VALUE_TEXT,
      .get = get_vdev,
      .help = "name of the disk in the guest" },
    DEVICE_COLUMN_DEVID,
    { .key = "path",
      .title = "PATH",
      .type = VALUE_TEXT,
      .get = get_path,
      .help = "what it is made of: a file, a device, or the target of its script" },
    { .key = "format",
      .title = "FORMAT",
      .type = VALUE_TEXT,
      .get = get_format,
      .help = "format of that: raw, qcow2 ..." },
    { .key = "size_bytes",
      .title = "SIZE",
      .type = VALUE_UINT,
      .get = get_size,
      .help = "its size, as the guest sees it" },
    { .key = "access",
      .title = "ACCESS",
      .type = VALUE_TEXT,
      .get = get_access,
      .help = "rw, or ro when the guest may not write" },
    { .key = "kind",
      .title = "KIND",
      .type = VALUE_TEXT,
      .get = get_kind,
      .help = "disk or cdrom" },
    { .key = "removable",
      .title = "REMOVABLE",
      .type = VALUE_BOOL,
      .get = get_removable,
      .help = "the guest sees it as removable" },
    DEVICE_COLUMN_STATE,
    DEVICE_COLUMN_STATE_NUMBER,
    { .key = "backend_state",
      .title = "BACKEND-STATE",
      .type = VALUE_TEXT,
      .get = get_backend_state,
      .help = "the same, as the backend says" },
    { .key = "backend_type",
      .title = "TYPE",
      .type = VALUE_TEXT,
      .get = get_backend_type,
      .help = "what serves it: phy (the kernel) or qdisk (QEMU)" },
    { .key = "physical_path",
      .title = "PHYSICAL-PATH",
      .type = VALUE_TEXT,
      .get = get_physical_path,
      .help = "the block device of the host, such as the loop device of a file" },
    { .key = "script",
      .title = "SCRIPT",
      .type = VALUE_TEXT,
      .get = get_script,
      .help = "the program that makes it available" },
    { .key = "specification",
      .title = "SPECIFICATION",
      .type = VALUE_TEXT,
      .get = get_specification,
      .help = "xen or virtio" },
    DEVICE_COLUMN_BACKEND,
    DEVICE_COLUMN_BACKEND_DOMID,
    DEVICE_COLUMN_EVENT_CHANNEL,
    { .key = "ring_ref",
      .title = "RING",
      .type = VALUE_INT,
      .get = get_ring_ref,
      .help = "grant of the ring of requests" },
    DEVICE_COLUMN_BACKEND_PATH,
    DEVICE_COLUMN_FRONTEND_PATH,
};

const struct column_table disk_columns = {
    .noun = "disks",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,vdev,path,format,size_bytes,access,state,backend_type",
};

/* xl's handle is the number of the guest. */
static void xl_row(struct str *out, const void *row)
{
    const struct disk *disk = DISK(row);
    auto_free char *path = printable(disk->device.backend_path);

    str_addf(out, "%-5d %-3u %-6u %-5d %-6d %-8d %-30s", disk->device.devid,
             disk->device.backend_domid, disk->device.domid, disk->device.state,
             disk->device.event_channel, disk->ring_ref, path);
}

const struct xl_column disk_xl_columns[DISK_XL_COLUMNS] = {
    { "Vdev  BE  handle state evt-ch ring-ref BE-path                       ", xl_row },
};
