/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The monitor of QEMU; see monitor.h. */
#include "xen/monitor.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "xen/device.h"
#include "xen/domain.h"

/* Where libxl talks to the QEMU of a guest; without QEMU there is nothing. */
static bool has_qemu(uint32_t domid)
{
    auto_free char *path = xasprintf(XEN_RUN_DIR "/qmp-libxl-%u", domid);

    return access(path, F_OK) == 0;
}

int xen_monitor_command(struct xen_host *host, const struct domain *domain, const char *line,
                        char **ret_reply, struct error **error)
{
    auto_free char *sentence = xasprintf("cannot ask the QEMU of domain %u", domain->domid);
    struct xen_operation operation;
    char *reply = NULL;

    if (!has_qemu(domain->domid)) {
        error_set(error, ERR_NOT_SUPPORTED, "domain %u has no QEMU on this host", domain->domid);
        return error_hint(error, "hvm guests have one, and others whose devices need it");
    }
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation, libxl_qemu_monitor_command(xen_ctx(host), domain->domid, line,
                                                                 &reply, &operation.how));
    if (xen_device_wait(&operation, DEADLINE_NEVER, sentence, error) < 0) {
        error_hint(error, "its log is in %s, as qemu-dm-NAME.log", XEN_LOG_DIR);
        return -1;
    }
    *ret_reply = reply ? reply : xstrdup("");
    return 0;
}
