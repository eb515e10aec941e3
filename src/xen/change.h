/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Telling 'xn events' of what Xen tells nobody: that a domain is paused or runs on.
 *
 * A node beside the mark (/libxl/DOMID/xn-change) is written before and removed after, which wakes
 * those who watch. In this order no node is left over, even if the domain goes away meanwhile.
 */
#ifndef XN_XEN_CHANGE_H
#define XN_XEN_CHANGE_H

#include "xen/host.h"

/* Failures are ignored: nobody is told then. */
void xen_change_begin(struct xen_host *host, uint32_t domid);
void xen_change_end(struct xen_host *host, uint32_t domid);

#endif
