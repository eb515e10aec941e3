/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which disks can move with a running guest.
 *
 * At the end both hosts have the disk open: the far side attaches it when the memory has come, and
 * this side lets go when the guest runs there. So all that the guest wrote must be on the medium by
 * then, which excludes every way through a cache of this host, and the far side must reach the same
 * medium.
 */
#include "xen/movable.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "base/mem.h"

#define HERE "here"

/* Deeper than any stack of device mapper tables. */
#define DEPTH_MAX 16

enum medium { MEDIUM_UNKNOWN, MEDIUM_SHARED, MEDIUM_LOCAL, MEDIUM_LOOP };

/* What stands in the sysfs path of a device on a bus that leads out of the machine, or not. */
static const struct {
    const char *part;
    enum medium medium;
} buses[] = {
    { "/session", MEDIUM_SHARED }, /* iSCSI */
    { "/rport-", MEDIUM_SHARED },  /* Fibre Channel */
    { "/nvme-fabrics/", MEDIUM_SHARED },
    { "/virtual/block/drbd", MEDIUM_SHARED },
    { "/virtual/block/nbd", MEDIUM_SHARED },
    { "/virtual/block/loop", MEDIUM_LOOP },
    { "/virtual/block/zd", MEDIUM_LOCAL },
    { "/virtual/block/ram", MEDIUM_LOCAL },
    { "/virtual/block/zram", MEDIUM_LOCAL },
    { "/rbd", MEDIUM_SHARED },
    { "/ata", MEDIUM_LOCAL },
    { "/usb", MEDIUM_LOCAL },
    { "/mmc_host/", MEDIUM_LOCAL },
    { "/nvme/nvme", MEDIUM_LOCAL },
};

static enum medium of_bus(const char *path)
{
    for (size_t i = 0; i < ARRAY_SIZE(buses); i++)
        if (strstr(path, buses[i].part))
            return buses[i].medium;
    return MEDIUM_UNKNOWN;
}

static enum medium of_device(const char *folder, int depth);

/* A logical volume is as local as what it lies on. */
static enum medium of_slaves(const char *folder, int depth)
{
    auto_free char *path = xasprintf("%s/slaves", folder);
    DIR *slaves = opendir(path);
    enum medium worst = MEDIUM_UNKNOWN;
    const struct dirent *entry;

    while (slaves && (entry = readdir(slaves))) {
        auto_free char *slave = xasprintf("%s/%s", path, entry->d_name);
        enum medium medium = *entry->d_name == '.' ? MEDIUM_UNKNOWN : of_device(slave, depth + 1);

        if (medium > worst)
            worst = medium;
    }
    if (slaves)
        closedir(slaves);
    return worst;
}

static enum medium of_device(const char *folder, int depth)
{
    auto_free char *real = realpath(folder, NULL);
    enum medium medium = real ? of_bus(real) : MEDIUM_UNKNOWN;

    if (!real || medium != MEDIUM_UNKNOWN || depth == DEPTH_MAX)
        return medium;
    return of_slaves(real, depth);
}

/* Those that several hosts can mount at once. */
bool xen_is_on_shared_filesystem(const char *path)
{
    static const unsigned long shared[] = {
        NFS_SUPER_MAGIC, OCFS2_SUPER_MAGIC, CEPH_SUPER_MAGIC, 0x01161970, /* GFS2 */
        0x65735546, /* FUSE: GlusterFS, MooseFS and others */
        0xff534d42, /* CIFS */
        0xfe534d42, /* SMB 2 */
    };
    struct statfs system;

    if (statfs(path, &system) < 0)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(shared); i++)
        if ((unsigned long)(unsigned int)system.f_type == shared[i])
            return true;
    return false;
}

struct candidate {
    const libxl_device_disk *disk;
    struct problem_list *problems;
    const char *name; /* of the disk in the guest */
};

static void report(const struct candidate *candidate, const char *check, const char *hint,
                   const char *reason)
{
    problem_add(candidate->problems, false, check, HERE, hint, "disk %s ('%s') %s", candidate->name,
                candidate->disk->pdev_path, reason);
}

static void check_device(const struct candidate *candidate, const struct stat *status)
{
    auto_free char *folder =
        xasprintf("/sys/dev/block/%u:%u", major(status->st_rdev), minor(status->st_rdev));
    enum medium medium = of_device(folder, 0);

    if (medium == MEDIUM_LOOP)
        report(candidate, "disk-loop",
               "use the file through QEMU (backendtype=qdisk,direct-io-safe) on a shared file "
               "system, or serve it by NBD or iSCSI",
               "is a loop device: what the guest wrote may still be in this host's cache");
    else if (medium == MEDIUM_LOCAL)
        report(candidate, "disk-local", "put it on DRBD, iSCSI, NBD, RBD or a shared LUN",
               "is on a device of this machine, which the other host cannot reach");
    else if (candidate->disk->backend == LIBXL_DISK_BACKEND_QDISK &&
             !candidate->disk->direct_io_safe)
        report(candidate, "disk-buffered", "say direct-io-safe, or leave backendtype=qdisk out",
               "is written through this host's cache");
}

static void check_file(const struct candidate *candidate)
{
    const libxl_device_disk *disk = candidate->disk;

    if (disk->format != LIBXL_DISK_FORMAT_RAW && disk->format != LIBXL_DISK_FORMAT_UNKNOWN)
        report(candidate, "disk-format", "serve it by qemu-nbd, or convert it to raw",
               "is an image whose tables both hosts would keep in memory");
    else if (!xen_is_on_shared_filesystem(disk->pdev_path))
        report(candidate, "disk-local", "put it on DRBD, iSCSI, NBD, RBD or a shared file system",
               "is a file of this machine, which the other host cannot reach");
    else if (disk->backend == LIBXL_DISK_BACKEND_QDISK && !disk->direct_io_safe)
        report(candidate, "disk-buffered", "say direct-io-safe",
               "is written through this host's cache");
    else if (disk->backend != LIBXL_DISK_BACKEND_QDISK)
        report(candidate, "disk-loop", "say backendtype=qdisk,direct-io-safe",
               "is used through a loop device: what the guest wrote may still be in this host's "
               "cache");
}

static void check_disk(const libxl_device_disk *disk, struct problem_list *problems)
{
    struct candidate candidate = { .disk = disk,
                                   .problems = problems,
                                   .name = disk->vdev ? disk->vdev : "?" };
    struct stat status;

    /* Nothing is written to it, or its script and its backend know what they do. */
    if (!disk->readwrite || !disk->pdev_path || !*disk->pdev_path || disk->script ||
        disk->backend_domname || disk->backend_domid)
        return;
    if (stat(disk->pdev_path, &status) < 0)
        report(&candidate, "disk-missing", NULL, strerror(errno));
    else if (S_ISBLK(status.st_mode))
        check_device(&candidate, &status);
    else
        check_file(&candidate);
}

void xen_movable_disks(const libxl_domain_config *config, const struct disk_copies *copied,
                       struct problem_list *problems)
{
    for (int i = 0; i < config->num_disks; i++)
        if (!copied || !config->disks[i].pdev_path ||
            !disk_copies_have(copied, config->disks[i].pdev_path))
            check_disk(&config->disks[i], problems);
}
