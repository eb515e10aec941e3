/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A watch on one node; see store_await.h. */
#include "xen/store_await.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "xen/store.h"

#define TOKEN "await"

struct awaited {
    struct xs_handle *store;
    const char *path;
    bool (*wanted)(const char *value);
    struct error *error;
};

/* A watch fires at once when it is set, so the first look is never missed. */
static bool finished(void *context)
{
    struct awaited *awaited = context;
    bool fired = false, done = false;
    char **event;

    while ((event = xs_check_watch(awaited->store))) {
        fired = true;
        free(event);
    }
    if (errno != EAGAIN)
        error_set_errno(&awaited->error, ERR_XENSTORE, "xenstore has gone away");
    if (fired && !awaited->error) {
        unsigned length;
        auto_free char *value = xs_read(awaited->store, XBT_NULL, awaited->path, &length);

        done = awaited->wanted(value);
    }
    return done || awaited->error;
}

int xen_store_await(struct xen_host *host, const char *path, bool (*wanted)(const char *value),
                    uint64_t deadline_ms, enum xen_loop_end *ret_end, struct error **error)
{
    struct awaited awaited = { .path = path, .wanted = wanted };
    struct xen_loop loop = {
        .finished = finished, .context = &awaited, .deadline_ms = deadline_ms, .extra_fd = -1
    };
    int result;

    if (xen_store(host, &awaited.store, error) < 0)
        return -1;
    loop.extra_fd = xs_fileno(awaited.store);
    if (!xs_watch(awaited.store, path, TOKEN))
        return error_set_errno(error, ERR_XENSTORE, "cannot watch '%s' in xenstore", path);
    result = xen_loop_run(host, &loop, ret_end, error);
    (void)xs_unwatch(awaited.store, path, TOKEN);
    return result == 0 && awaited.error ? error_move(error, awaited.error) : result;
}
