/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waking those who watch; see change.h. */
#include "xen/change.h"

#include "base/mem.h"
#include "xen/store.h"

static char *node_path(uint32_t domid)
{
    return xasprintf("/libxl/%u/xn-change", domid);
}

void xen_change_begin(struct xen_host *host, uint32_t domid)
{
    auto_free char *path = node_path(domid);
    struct xs_handle *store;

    if (xen_store(host, &store, NULL) == 0)
        (void)xs_write(store, XBT_NULL, path, "", 0);
}

void xen_change_end(struct xen_host *host, uint32_t domid)
{
    auto_free char *path = node_path(domid);
    struct xs_handle *store;

    if (xen_store(host, &store, NULL) == 0)
        (void)xs_rm(store, XBT_NULL, path);
}
