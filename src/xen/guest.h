/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking for everything about one domain. */
#ifndef XN_XEN_GUEST_H
#define XN_XEN_GUEST_H

#include "model/guest.h"
#include "xen/host.h"

/* The domain that word names. What is not there, or goes away meanwhile, is left out. Whether xn's
 * supervisor runs is for the caller to find out. ERR_DOMAIN_NOT_FOUND ... Release with
 * guest_release, also after a failure. */
int xen_guest_get(struct xen_host *host, const char *word, struct guest *ret_guest,
                  struct error **error);

#endif
