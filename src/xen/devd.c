/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The service of a driver domain; see devd.h. */
#include "xen/devd.h"

#include "base/clock.h"
#include "base/mem.h"
#include "xen/wait.h"

static bool has_ended(void *context)
{
    return ((const struct xen_operation *)context)->done;
}

/* libxl never ends the operation, and to abort it is not safe: after a signal the process ends with
 * it under way. Whoever starts next begins with what is there. */
int xen_devd_run(struct xen_host *host, int (*on_ready)(void *context, struct error **error),
                 void *context, struct error **error)
{
    struct xen_operation *operation = xen_host_keep(host, xcalloc(1, sizeof(*operation)));
    struct xen_loop loop = {
        .finished = has_ended,
        .context = operation,
        .deadline_ms = DEADLINE_NEVER,
        .extra_fd = -1,
    };
    enum xen_loop_end end;

    xen_log_forget(host);
    xen_operation_init(host, operation);
    xen_operation_started(operation, libxl_device_events_handler(xen_ctx(host), &operation->how));
    if (!operation->done && on_ready(context, error) < 0)
        return -1;
    if (xen_loop_run(host, &loop, &end, error) < 0)
        return -1;
    if (end == LOOP_SIGNAL)
        return 0;
    return xen_error(host, error, operation->rc, "cannot watch the devices of this domain");
}
