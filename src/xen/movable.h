/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a guest can be moved to another host, as far as this one can tell. */
#ifndef XN_XEN_MOVABLE_H
#define XN_XEN_MOVABLE_H

#include "model/domain.h"
#include "model/problem.h"
#include "xen/host.h"

/* Adds what stands in the way: its state, its type, devices that cannot go along, disks that would
 * be damaged. offline: it is stopped before its memory is read. Changes nothing. -1 when the host
 * does not say what its configuration is. */
int xen_movable_check(struct xen_host *host, const struct domain *domain, bool offline,
                      struct problem_list *problems, struct error **error);

/* The part of it that looks at the disks; movable_disks.c. */
void xen_movable_disks(const libxl_domain_config *config, struct problem_list *problems);

#endif
