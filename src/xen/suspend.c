/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libxl's suspend and resume; see suspend.h. */
#include "xen/suspend.h"

#include "base/interrupt.h"
#include "xen/wait.h"

static int explain_failure(struct xen_host *host, uint32_t domid, int rc, struct error **error)
{
    if (interrupt_signal())
        return error_set(error, ERR_INTERRUPTED, "interrupted");
    xen_error(host, error, rc, "cannot suspend domain %u", domid);
    if (rc == ERROR_GUEST_TIMEDOUT)
        error_hint(error, "the guest did not suspend in time; is it busy, or without Xen drivers?");
    return -1;
}

static int flags_of(const struct xen_stream_out *out)
{
    return (out->live ? LIBXL_SUSPEND_LIVE : 0) | (out->debug ? LIBXL_SUSPEND_DEBUG : 0);
}

int xen_domain_stream_out(struct xen_host *host, uint32_t domid, const struct xen_stream_out *out,
                          struct error **error)
{
    struct xen_operation operation;
    int rc;

    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation, libxl_domain_suspend(xen_ctx(host), domid, out->fd,
                                                           flags_of(out), &operation.how));
    if (xen_operation_watch(&operation, out->on_tick, out->context, &rc, error) < 0)
        return -1;
    return rc ? explain_failure(host, domid, rc, error) : 0;
}

int xen_domain_suspend(struct xen_host *host, uint32_t domid, struct error **error)
{
    struct xen_operation operation;
    int rc;

    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          libxl_domain_suspend_only(xen_ctx(host), domid, &operation.how));
    if (xen_operation_wait(&operation, &rc, error) < 0)
        return -1;
    return rc ? explain_failure(host, domid, rc, error) : 0;
}

int xen_domain_resume(struct xen_host *host, uint32_t domid, struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = libxl_domain_resume(xen_ctx(host), domid, 1, NULL);
    return rc ? xen_error(host, error, rc, "cannot let domain %u run on", domid) : 0;
}
