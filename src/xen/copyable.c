/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which disks of a guest are files that can be copied while it stands still.
 *
 * A raw file holds what the guest wrote as soon as the guest was told so. QEMU keeps parts of the
 * tables of an image in memory until it is told to stop, which libxl does for HVM guests alone.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "xen/life.h"
#include "xen/movable.h"

#define QCOW2_HEAD_SIZE 104

static uint64_t big_endian(const unsigned char *bytes)
{
    uint64_t number = 0;

    for (int i = 0; i < 8; i++)
        number = number << 8 | bytes[i];
    return number;
}

/* Neither on top of another file nor with its data in one. The header is QEMU's, not the guest's.
 */
static bool stands_alone(int fd)
{
    static const unsigned char magic[] = { 'Q', 'F', 'I', 0xfb };
    unsigned char head[QCOW2_HEAD_SIZE];
    const uint64_t external_data = 4;

    if (pread(fd, head, sizeof(head), 0) != (ssize_t)sizeof(head) ||
        memcmp(head, magic, sizeof(magic)) != 0)
        return false;
    return big_endian(head + 8) == 0 &&
           (head[7] < 3 || (big_endian(head + 72) & external_data) == 0);
}

static bool is_copyable(const libxl_domain_config *config, const libxl_device_disk *disk, int fd)
{
    if (disk->format == LIBXL_DISK_FORMAT_QCOW2)
        return config->c_info.type == LIBXL_DOMAIN_TYPE_HVM && stands_alone(fd);
    return disk->format == LIBXL_DISK_FORMAT_RAW || disk->format == LIBXL_DISK_FORMAT_UNKNOWN;
}

static void look_at(const libxl_domain_config *config, const libxl_device_disk *disk,
                    struct disk_copies *copies)
{
    const char *path = disk->pdev_path;
    struct stat status;
    auto_fd int fd = -1;

    if (!path || *path != '/' || disk->is_cdrom || disk->script || disk->backend_domname ||
        disk->backend_domid || xen_is_on_shared_filesystem(path) || stat(path, &status) < 0 ||
        !S_ISREG(status.st_mode))
        return;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || !is_copyable(config, disk, fd))
        return;
    disk_copies_add(copies, &(struct disk_copy){ .path = (char *)path,
                                                 .size = (uint64_t)status.st_size,
                                                 .used = (uint64_t)status.st_blocks * 512,
                                                 .mode = status.st_mode & 0777 });
}

int xen_copyable_disks(struct xen_host *host, const struct domain *domain,
                       struct disk_copies *copies, struct error **error)
{
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = xen_life_config(host, domain->domid, &config, error);
    for (int i = 0; result == 0 && i < config.num_disks; i++)
        look_at(&config, &config.disks[i], copies);
    libxl_domain_config_dispose(&config);
    return result;
}
