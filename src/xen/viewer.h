/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The VNC viewer of a guest's screen. */
#ifndef XN_XEN_VIEWER_H
#define XN_XEN_VIEWER_H

#include "model/domain.h"
#include "xen/host.h"

/* Starts $VNCVIEWER, else vncviewer, on the screen of a domain and does not wait for its end; the
 * viewer belongs to init from then on. password: it gets the screen's password on its stdin. The
 * viewer itself tells what it cannot do. */
int xen_viewer_start(struct xen_host *host, uint32_t domid, bool password, struct error **error);
/* The same viewer in place of this process. Returns only when it fails: ERR_NOT_SUPPORTED for a
 * domain without a VNC screen, ERR_FAILED when the viewer is not installed. */
int xen_viewer_exec(struct xen_host *host, const struct domain *domain, bool password,
                    struct error **error);

#endif
