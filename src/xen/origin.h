/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which configuration file a guest came from: a note beside xn's mark
 * (/libxl/DOMID/xn-config-file), for people. Guests cannot read it, and libxl removes it with the
 * domain.
 */
#ifndef XN_XEN_ORIGIN_H
#define XN_XEN_ORIGIN_H

#include "xen/host.h"

/* Notes the whole path of file, unless it is no regular one (/dev/null, a pipe). A failure is no
 * reason to take the guest away: nothing is noted then. file: NULL does nothing. */
void xen_origin_note(struct xen_host *host, uint32_t domid, const char *file);
/* The same for a path that was noted before. */
void xen_origin_set(struct xen_host *host, uint32_t domid, const char *path);
/* NULL when nothing is noted. The caller frees it. */
char *xen_origin_get(struct xen_host *host, uint32_t domid);

#endif
