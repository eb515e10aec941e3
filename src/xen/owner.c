/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The marks of other toolstacks; see owner.h. */
#include "xen/owner.h"

#include "base/mem.h"

/* Where libvirt keeps its description of a domain that it made. */
#define LIBVIRT_USERDATA "libvirt-xml"

const char *xen_domain_owner(struct xen_host *host, const struct domain *domain)
{
    auto_free uint8_t *data = NULL;
    int length = 0;

    xen_log_forget(host);
    if (libxl_userdata_retrieve(xen_ctx(host), domain->domid, LIBVIRT_USERDATA, &data, &length) ||
        length <= 0)
        return NULL;
    return "libvirt";
}
