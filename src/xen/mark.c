/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Marks in xenstore; see mark.h. */
#include "xen/mark.h"

#include <errno.h>
#include <string.h>
#include <xenstore.h>

#include "base/mem.h"
#include "xen/lock.h"
#include "xen/store.h"

static char *mark_path(uint32_t domid)
{
    return xasprintf("/libxl/%u/xn-supervised", domid);
}

static int write_mark(struct xen_host *host, const char *path, const char *uuid,
                      struct error **error)
{
    struct xs_handle *store;

    if (xen_store(host, &store, error) < 0)
        return -1;
    if (!xs_write(store, XBT_NULL, path, uuid, (unsigned)strlen(uuid)))
        return error_set_errno(error, ERR_XENSTORE, "cannot write '%s' in xenstore", path);
    return 0;
}

int xen_mark_set(struct xen_host *host, uint32_t domid, const char *uuid, struct error **error)
{
    auto_free char *path = mark_path(domid);

    return write_mark(host, path, uuid, error);
}

int xen_mark_get(struct xen_host *host, const struct domain *domain, bool *ret_marked,
                 struct error **error)
{
    auto_free char *path = mark_path(domain->domid);
    auto_free char *uuid = NULL;
    struct xs_handle *store;
    unsigned length;

    if (xen_store(host, &store, error) < 0)
        return -1;
    uuid = xs_read(store, XBT_NULL, path, &length);
    if (!uuid && errno != ENOENT)
        return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore", path);
    *ret_marked = uuid && strcmp(uuid, domain->uuid) == 0;
    return 0;
}

static char *suspended_path(uint32_t domid)
{
    return xasprintf("/libxl/%u/xn-suspended", domid);
}

void xen_suspended_mark(struct xen_host *host, const struct domain *domain)
{
    auto_free char *path = suspended_path(domain->domid);
    struct xs_handle *store;

    if (xen_store(host, &store, NULL) == 0)
        (void)xs_write(store, XBT_NULL, path, domain->uuid, (unsigned)strlen(domain->uuid));
}

void xen_suspended_clear(struct xen_host *host, uint32_t domid)
{
    auto_free char *path = suspended_path(domid);
    struct xs_handle *store;

    if (xen_store(host, &store, NULL) == 0)
        (void)xs_rm(store, XBT_NULL, path);
}

static bool holds_uuid(struct xen_host *host, const char *path, const char *uuid)
{
    auto_free char *text = NULL;
    struct xs_handle *store;
    unsigned length;

    if (xen_store(host, &store, NULL) < 0)
        return false;
    text = xs_read(store, XBT_NULL, path, &length);
    return text && strcmp(text, uuid) == 0;
}

bool xen_suspended_is_marked(struct xen_host *host, const struct domain *domain)
{
    auto_free char *path = suspended_path(domain->domid);

    return holds_uuid(host, path, domain->uuid);
}

static char *stopping_path(uint32_t domid)
{
    return xasprintf("/libxl/%u/xn-stopping", domid);
}

int xen_stopping_mark(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_free char *path = stopping_path(domain->domid);

    return write_mark(host, path, domain->uuid, error);
}

void xen_stopping_clear(struct xen_host *host, uint32_t domid)
{
    auto_free char *path = stopping_path(domid);
    struct xs_handle *store;

    if (xen_store(host, &store, NULL) == 0)
        (void)xs_rm(store, XBT_NULL, path);
}

bool xen_stopping_is_marked(struct xen_host *host, uint32_t domid, const char *uuid)
{
    auto_free char *path = stopping_path(domid);
    bool stopping;

    if (!holds_uuid(host, path, uuid))
        return false;
    /* Who left the node may have been killed. */
    return lock_stopping_probe(&stopping, NULL) < 0 || stopping;
}

const char *xen_suspended_by(struct xen_host *host, const struct domain *domain)
{
    bool saving;

    if (!domain_is_suspended(domain))
        return NULL;
    if (lock_saving_probe(domain->uuid, &saving, NULL) == 0 && saving)
        return "save";
    return xen_suspended_is_marked(host, domain) ? "suspend" : NULL;
}

int xen_mark_clear(struct xen_host *host, uint32_t domid, struct error **error)
{
    auto_free char *path = mark_path(domid);
    struct xs_handle *store;

    if (xen_store(host, &store, error) < 0)
        return -1;
    if (!xs_rm(store, XBT_NULL, path) && errno != ENOENT)
        return error_set_errno(error, ERR_XENSTORE, "cannot remove '%s' from xenstore", path);
    return 0;
}
