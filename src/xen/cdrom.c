/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The medium in an emulated CD drive; see disk.h. */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "xen/device.h"
#include "xen/disk.h"
#include "xen/domain.h"

/* The format is always said: QEMU would look for it in the image, which may be a guest's work. */
static void make_medium(const struct disk *drive, const char *path, libxl_disk_format format,
                        libxl_device_disk *medium)
{
    libxl_device_disk_init(medium);
    medium->vdev = xstrdup(drive->configured ? drive->configured : drive->vdev);
    medium->pdev_path = xstrdup(path ? path : "");
    medium->format = path ? format : LIBXL_DISK_FORMAT_EMPTY;
    medium->is_cdrom = 1;
    medium->removable = 1;
    medium->readwrite = 0;
}

static int insert(struct xen_host *host, uint32_t domid, libxl_device_disk *medium,
                  uint64_t timeout_ms, const char *sentence, struct error **error)
{
    struct xen_operation operation;

    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          libxl_cdrom_insert(xen_ctx(host), domid, medium, &operation.how));
    return xen_device_wait(&operation, timeout_ms, sentence, error);
}

/* Whether the drive has lost what was in it. A drive that the guest has locked has not. */
static bool is_empty_now(struct xen_host *host, const struct domain *domain,
                         const struct disk *drive)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;

    if (xen_disk_list(host, &domain, 1, false, &rows, NULL) < 0)
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct disk *now = rows.items[i];

        if (now->device.devid == drive->device.devid)
            return !now->path;
    }
    return false;
}

/* libxl takes the old medium out before it looks at the new one. */
static void put_back(struct xen_host *host, uint32_t domid, const struct disk *drive,
                     struct error **error)
{
    libxl_disk_format format;
    libxl_device_disk medium;
    auto_error problem = NULL;

    if (!drive->path || !drive->format || libxl_disk_format_from_string(drive->format, &format))
        return;
    make_medium(drive, drive->path, format, &medium);
    if (insert(host, domid, &medium, DEADLINE_NEVER, "cannot put the old medium back", &problem) <
        0)
        error_detail(error, problem->message);
    libxl_device_disk_dispose(&medium);
}

/* What QEMU says of a tray that the guest has locked. */
static void explain(struct error **error)
{
    for (size_t i = 0; i < (*error)->detail.count; i++)
        if (strstr((*error)->detail.items[i], "locked") ||
            strstr((*error)->detail.items[i], "not open"))
            error_hint(error, "the guest has locked the drive: it must let go of the medium first");
}

int xen_cdrom_change(struct xen_host *host, const struct domain *domain, const struct disk *drive,
                     const char *path, uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence = xasprintf(path ? "cannot insert a medium into %s of domain %u"
                                              : "cannot eject the medium of %s of domain %u",
                                         drive->vdev, domain->domid);
    libxl_device_disk medium;
    int result;

    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    make_medium(drive, path, LIBXL_DISK_FORMAT_RAW, &medium);
    result = insert(host, domain->domid, &medium, timeout_ms, sentence, error);
    libxl_device_disk_dispose(&medium);
    if (result < 0) {
        explain(error);
        if (is_empty_now(host, domain, drive))
            put_back(host, domain->domid, drive, error);
    }
    return result;
}
