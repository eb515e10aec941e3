/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration that config-update lays down for the next rebuild of a guest. */
#ifndef XN_XEN_STORED_H
#define XN_XEN_STORED_H

#include "xen/host.h"

/* Stores the text of a configuration file with the domain, under the name that xl uses: whoever
 * rebuilds the guest, xn's supervisor or xl's, takes it from there, once. */
int xen_stored_config_set(struct xen_host *host, uint32_t domid, const char *text,
                          struct error **error);
/* NULL when nothing is stored. The caller frees the text. */
int xen_stored_config_get(struct xen_host *host, uint32_t domid, char **ret_text,
                          struct error **error);

#endif
