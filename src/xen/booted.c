/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest's own nodes in xenstore; see booted.h. */
#include "xen/booted.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "xen/store.h"

/* A guest can make nodes as it likes. */
#define KINDS_MAX   32
#define DEVICES_MAX 64

/* Xenbus's state of a frontend whose backend it works with. */
#define STATE_CONNECTED "4"

static const char *const places[] = { "control", "device" };

/* The toolstack makes these empty; a guest that obeys such a request writes "1". */
static const char *const features[] = { "feature-poweroff", "feature-reboot", "feature-suspend" };

int xen_booted_watch(struct xen_host *host, uint32_t domid, struct error **error)
{
    auto_free char *token = xasprintf("%u", domid);
    struct xs_handle *store;

    if (xen_store(host, &store, error) < 0)
        return -1;
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        auto_free char *path = xasprintf("/local/domain/%u/%s", domid, places[i]);

        if (!xs_watch(store, path, token) && errno != EEXIST)
            return error_set_errno(error, ERR_XENSTORE, "cannot watch '%s' in xenstore", path);
    }
    return 0;
}

void xen_booted_unwatch(struct xen_host *host, uint32_t domid)
{
    auto_free char *token = xasprintf("%u", domid);
    struct xs_handle *store;

    if (xen_store(host, &store, NULL) < 0)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        auto_free char *path = xasprintf("/local/domain/%u/%s", domid, places[i]);

        (void)xs_unwatch(store, path, token);
    }
}

/* A node that is not there is no error, and not the value. */
static int node_is(struct xs_handle *store, const char *path, const char *wanted, bool *ret_is,
                   struct error **error)
{
    unsigned length;
    auto_free char *value = xs_read(store, XBT_NULL, path, &length);

    if (!value && errno != ENOENT)
        return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore", path);
    *ret_is = value && strcmp(value, wanted) == 0;
    return 0;
}

/* The names below a folder, NULL for none; the caller frees it. */
static int names_below(struct xs_handle *store, const char *path, char ***ret_names,
                       unsigned *ret_count, struct error **error)
{
    *ret_count = 0;
    *ret_names = xs_directory(store, XBT_NULL, path, ret_count);
    if (!*ret_names && errno != ENOENT)
        return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore", path);
    return 0;
}

static int has_feature(struct xs_handle *store, uint32_t domid, bool *ret_has, struct error **error)
{
    *ret_has = false;
    for (size_t i = 0; i < ARRAY_SIZE(features) && !*ret_has; i++) {
        auto_free char *path = xasprintf("/local/domain/%u/control/%s", domid, features[i]);

        if (node_is(store, path, "1", ret_has, error) < 0)
            return -1;
    }
    return 0;
}

static int has_connected_device(struct xs_handle *store, const char *kind, bool *ret_has,
                                struct error **error)
{
    auto_free char **devices = NULL;
    unsigned count;

    if (names_below(store, kind, &devices, &count, error) < 0)
        return -1;
    for (unsigned i = 0; i < count && i < DEVICES_MAX && !*ret_has; i++) {
        auto_free char *path = xasprintf("%s/%s/state", kind, devices[i]);

        if (node_is(store, path, STATE_CONNECTED, ret_has, error) < 0)
            return -1;
    }
    return 0;
}

int xen_booted(struct xen_host *host, uint32_t domid, bool *ret_booted, struct error **error)
{
    auto_free char *folder = xasprintf("/local/domain/%u/device", domid);
    auto_free char **kinds = NULL;
    struct xs_handle *store;
    unsigned count;

    if (xen_store(host, &store, error) < 0 || has_feature(store, domid, ret_booted, error) < 0)
        return -1;
    if (*ret_booted)
        return 0;
    if (names_below(store, folder, &kinds, &count, error) < 0)
        return -1;
    for (unsigned i = 0; i < count && i < KINDS_MAX && !*ret_booted; i++) {
        auto_free char *kind = xasprintf("%s/%s", folder, kinds[i]);

        if (has_connected_device(store, kind, ret_booted, error) < 0)
            return -1;
    }
    return 0;
}
