/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Since when a domain runs. */
#ifndef XN_XEN_UPTIME_H
#define XN_XEN_UPTIME_H

#include "model/uptime.h"
#include "xen/host.h"

/* Fills in since when the domain of each runs, as of .now_s: domain 0 since its kernel booted, a
 * guest since its domain was built, which a reboot, a restore and a migration each do anew. It
 * stays unknown when nothing is noted about that, as for one that is being built. A host that was
 * opened to ask is enough. ERR_XENSTORE. */
int xen_uptimes_fill(struct xen_host *host, struct uptime *uptimes, size_t count,
                     struct error **error);

#endif
