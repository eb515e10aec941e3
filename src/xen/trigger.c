/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Triggers and sysrq; see trigger.h. */
#include "xen/trigger.h"

#include <string.h>

#include "base/mem.h"
#include "xen/domain.h"
#include "xen/store.h"
#include "xen/wait.h"

const char *const xen_trigger_names[] = {
    "nmi", "reset", "init", "power", "sleep", "s3resume", NULL
};

/* libxl sends to a domain that nothing runs in any more, and says that it was done. */
static int check_alive(const struct domain *domain, const char *what, struct error **error)
{
    if (domain->dying)
        return error_set(error, ERR_FAILED, "cannot send '%s' to domain %u: it is just ending",
                         what, domain->domid);
    if (domain->shutdown)
        return error_set(error, ERR_FAILED, "cannot send '%s' to domain %u: it has shut down (%s)",
                         what, domain->domid, shutdown_reason_name(domain->shutdown_reason));
    return 0;
}

static bool is_button(libxl_trigger trigger)
{
    return trigger == LIBXL_TRIGGER_POWER || trigger == LIBXL_TRIGGER_SLEEP ||
           trigger == LIBXL_TRIGGER_S3RESUME;
}

/* A button of a PVH guest is pressed without an error and without anybody who could notice. */
static int check_type(const struct domain *domain, libxl_trigger trigger, struct error **error)
{
    if (!is_button(trigger) || !domain->type || strcmp(domain->type, "hvm") == 0)
        return 0;
    error_set(error, ERR_NOT_SUPPORTED,
              "cannot send '%s' to domain %u: it is a %s guest, and only hvm guests take that",
              libxl_trigger_to_string(trigger), domain->domid, domain->type);
    if (trigger == LIBXL_TRIGGER_POWER)
        error_hint(error, "'xn shutdown %u' asks it to power off", domain->domid);
    return -1;
}

static int check_vcpu(const struct domain *domain, uint32_t vcpu, struct error **error)
{
    if (vcpu < domain->vcpus_max)
        return 0;
    error_set(error, ERR_FAILED, "domain %u has no virtual CPU %u", domain->domid, vcpu);
    return error_hint(error, "it has %u, counted from 0", domain->vcpus_max);
}

static int explain_failure(struct xen_host *host, const struct domain *domain,
                           libxl_trigger trigger, int rc, struct error **error)
{
    xen_error(host, error, rc, "cannot send '%s' to domain %u", libxl_trigger_to_string(trigger),
              domain->domid);
    if (trigger == LIBXL_TRIGGER_RESET)
        error_hint(error, "Xen knows no such trigger on x86; 'xn reboot %u' asks the guest",
                   domain->domid);
    else if (trigger == LIBXL_TRIGGER_INIT)
        error_hint(error, "Xen knows no such trigger on x86");
    return -1;
}

int xen_trigger_send(struct xen_host *host, const struct domain *domain, const char *name,
                     uint32_t vcpu, struct error **error)
{
    struct xen_operation operation;
    libxl_trigger trigger;
    int rc;

    if (libxl_trigger_from_string(name, &trigger))
        return error_set(error, ERR_FAILED, "libxl knows no trigger '%s'", name);
    if (check_alive(domain, name, error) < 0 || check_type(domain, trigger, error) < 0 ||
        check_vcpu(domain, vcpu, error) < 0 || xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation, libxl_send_trigger(xen_ctx(host), domain->domid, trigger,
                                                         vcpu, &operation.how));
    if (xen_operation_wait(&operation, &rc, error) < 0)
        return -1;
    return rc ? explain_failure(host, domain, trigger, rc, error) : 0;
}

/* Not through libxl, whose verb says that it was done whatever xenstore says. */
int xen_sysrq_send(struct xen_host *host, const struct domain *domain, char letter,
                   struct error **error)
{
    auto_free char *path = xasprintf("/local/domain/%u/control/sysrq", domain->domid);
    const char what[] = { letter, '\0' };
    struct xs_handle *store;

    if (check_alive(domain, what, error) < 0 || xen_store(host, &store, error) < 0 ||
        xen_domain_verify(host, domain, error) < 0)
        return -1;
    if (!xs_write(store, XBT_NULL, path, what, 1))
        return error_set_errno(error, ERR_XENSTORE, "cannot hand '%s' to domain %u", what,
                               domain->domid);
    return 0;
}
