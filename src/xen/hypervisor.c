/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing the hypervisor's settings; see hypervisor.h. */
#include "xen/hypervisor.h"

#include <errno.h>

#include "base/mem.h"

int xen_debug_keys_send(struct xen_host *host, const char *keys, struct error **error)
{
    auto_free char *copy = xstrdup(keys); /* libxl takes it without const */
    int rc;

    xen_log_forget(host);
    rc = libxl_send_debug_keys(xen_ctx(host), copy);
    return rc ? xen_error(host, error, rc, "cannot send debug keys to the hypervisor") : 0;
}

int xen_parameter_set(struct xen_host *host, const char *parameter, struct error **error)
{
    auto_free char *copy = xstrdup(parameter);
    int rc;

    xen_log_forget(host);
    errno = 0;
    rc = libxl_set_parameters(xen_ctx(host), copy);
    if (!rc)
        return 0;
    if (errno == ENOENT) {
        error_set(error, ERR_NOT_SUPPORTED,
                  "the hypervisor has no parameter '%s' that can be changed while it runs",
                  parameter);
        return error_hint(error, "the others are set on its command line, at boot");
    }
    return xen_error(host, error, rc, "the hypervisor does not take the parameter '%s'", parameter);
}

/* These three pass on what the hypercall says: -1 with errno. */
static int flask_error(struct error **error, const char *doing)
{
    if (errno == ENOSYS) {
        error_set(error, ERR_NOT_SUPPORTED, "cannot %s: the hypervisor has no FLASK", doing);
        return error_hint(error, "it must be built with XSM and booted with flask=enforcing or "
                                 "flask=permissive");
    }
    return error_set_errno(error, ERR_FAILED, "cannot %s", doing);
}

int xen_flask_mode_get(struct xen_host *host, enum flask_mode *ret_mode, struct error **error)
{
    int mode;

    xen_log_forget(host);
    errno = 0;
    mode = libxl_flask_getenforce(xen_ctx(host));
    if (mode < 0 && errno != ENOSYS)
        return flask_error(error, "ask for the mode of FLASK");
    *ret_mode = mode < 0 ? FLASK_DISABLED : mode ? FLASK_ENFORCING : FLASK_PERMISSIVE;
    return 0;
}

int xen_flask_mode_set(struct xen_host *host, bool enforcing, struct error **error)
{
    xen_log_forget(host);
    errno = 0;
    if (libxl_flask_setenforce(xen_ctx(host), enforcing))
        return flask_error(error, "set the mode of FLASK");
    return 0;
}

int xen_flask_policy_load(struct xen_host *host, void *policy, uint32_t size, struct error **error)
{
    xen_log_forget(host);
    errno = 0;
    if (libxl_flask_loadpolicy(xen_ctx(host), policy, size))
        return flask_error(error, "load the policy");
    return 0;
}
