/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which other toolstack a running domain belongs to. */
#ifndef XN_XEN_OWNER_H
#define XN_XEN_OWNER_H

#include "model/domain.h"
#include "xen/host.h"

/* "libvirt" for a domain that libvirt made; NULL: nobody has left a mark. Static. */
const char *xen_domain_owner(struct xen_host *host, const struct domain *domain);

#endif
