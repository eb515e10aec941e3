/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The note of a guest's file; see origin.h. */
#include "xen/origin.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "xen/store.h"

static char *note_path(uint32_t domid)
{
    return xasprintf("/libxl/%u/xn-config-file", domid);
}

void xen_origin_note(struct xen_host *host, uint32_t domid, const char *file)
{
    auto_free char *path = file ? realpath(file, NULL) : NULL;
    struct stat status;

    if (path && stat(path, &status) == 0 && S_ISREG(status.st_mode))
        xen_origin_set(host, domid, path);
}

void xen_origin_set(struct xen_host *host, uint32_t domid, const char *path)
{
    auto_free char *node = note_path(domid);
    struct xs_handle *store;

    if (path && xen_store(host, &store, NULL) == 0)
        (void)xs_write(store, XBT_NULL, node, path, (unsigned)strlen(path));
}

char *xen_origin_get(struct xen_host *host, uint32_t domid)
{
    auto_free char *node = note_path(domid);
    struct xs_handle *store;
    unsigned length;

    if (xen_store(host, &store, NULL) < 0)
        return NULL;
    return xs_read(store, XBT_NULL, node, &length);
}
