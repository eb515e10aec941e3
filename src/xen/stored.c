/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libxl's userdata of a domain; see stored.h. */
#include "xen/stored.h"

#include <string.h>

#include "base/mem.h"

/* xl's name for it. */
#define USERDATA_NAME "xl"

int xen_stored_config_set(struct xen_host *host, uint32_t domid, const char *text,
                          struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = libxl_userdata_store(xen_ctx(host), domid, USERDATA_NAME, (const uint8_t *)text,
                              (int)strlen(text));
    return rc ? xen_error(host, error, rc, "cannot store the configuration of domain %u", domid)
              : 0;
}

int xen_stored_config_get(struct xen_host *host, uint32_t domid, char **ret_text,
                          struct error **error)
{
    auto_free uint8_t *data = NULL;
    int length = 0, rc;

    xen_log_forget(host);
    rc = libxl_userdata_retrieve(xen_ctx(host), domid, USERDATA_NAME, &data, &length);
    if (rc)
        return xen_error(host, error, rc, "cannot read the stored configuration of domain %u",
                         domid);
    *ret_text = length > 0 ? xstrndup((const char *)data, (size_t)length) : NULL;
    return 0;
}
