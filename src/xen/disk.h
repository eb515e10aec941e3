/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks of guests: what is there, who else uses one, and how they come and go. */
#ifndef XN_XEN_DISK_H
#define XN_XEN_DISK_H

#include "model/disk.h"
#include "xen/host.h"

/* Adds the disks of these domains to rows (struct disk), in their order, in three round trips
 * whatever their number. details: everything, not only what xl's layout and the checks need. */
int xen_disk_list(struct xen_host *host, const struct domain *const *domains, size_t count,
                  bool details, struct device_rows *rows, struct error **error);
/* The one that word names, "xvdb" or its number; it belongs to rows, which are filled. -1 with
 * ERR_DEVICE_NOT_FOUND. */
int xen_disk_find(struct xen_host *host, const struct domain *domain, const char *word,
                  struct device_rows *rows, const struct disk **ret_disk, struct error **error);

/* Whether the two are made of the same file or device; both of them of a disk that domain 0
 * serves. */
bool xen_disk_is_same(const struct disk *theirs, const libxl_device_disk *ours);

/* Gives the domain a disk and waits until it is served, for timeout_ms at most (DEADLINE_NEVER: as
 * long as libxl does). What fails is taken back. */
int xen_disk_attach(struct xen_host *host, const struct domain *domain, libxl_device_disk *disk,
                    uint64_t timeout_ms, struct error **error);
/* Takes it away once the guest lets go of it; with force at once. A guest that does not use it is
 * not asked. timeout_ms: how long the guest may take. ERR_TIMEOUT and ERR_INTERRUPTED: it is still
 * there. */
int xen_disk_detach(struct xen_host *host, const struct domain *domain, const struct disk *disk,
                    bool force, uint64_t timeout_ms, struct error **error);
/* Puts a raw image (NULL: nothing) into the emulated CD drive. When that fails, what was in it is
 * put back. */
int xen_cdrom_change(struct xen_host *host, const struct domain *domain, const struct disk *drive,
                     const char *path, uint64_t timeout_ms, struct error **error);

#endif
