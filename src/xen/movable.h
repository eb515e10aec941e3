/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a guest can be moved to another host, as far as this one can tell. */
#ifndef XN_XEN_MOVABLE_H
#define XN_XEN_MOVABLE_H

#include "model/disk_copy.h"
#include "model/domain.h"
#include "model/problem.h"
#include "xen/host.h"

/* Adds what stands in the way: its state, its type, devices that cannot go along, disks that would
 * be damaged. offline: it is stopped before its memory is read. copied: disks that go along, and
 * are all right therefore; NULL: none. Changes nothing. -1 when the host does not say what its
 * configuration is. */
int xen_movable_check(struct xen_host *host, const struct domain *domain, bool offline,
                      const struct disk_copies *copied, struct problem_list *problems,
                      struct error **error);

/* The part of it that looks at the disks; movable_disks.c. */
void xen_movable_disks(const libxl_domain_config *config, const struct disk_copies *copied,
                       struct problem_list *problems);

/* Adds the disks that can be copied while the guest stands still: local files that hold all of it;
 * copyable.c. */
int xen_copyable_disks(struct xen_host *host, const struct domain *domain,
                       struct disk_copies *copies, struct error **error);
/* Whether the other host may have the file, too. */
bool xen_is_on_shared_filesystem(const char *path);

#endif
