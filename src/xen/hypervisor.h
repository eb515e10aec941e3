/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings of the hypervisor itself: debug keys, run-time parameters, the FLASK policy. */
#ifndef XN_XEN_HYPERVISOR_H
#define XN_XEN_HYPERVISOR_H

#include "xen/host.h"

/* Each letter is one of the keys that the hypervisor's own console knows; what it says goes to its
 * ring of messages. */
int xen_debug_keys_send(struct xen_host *host, const char *keys, struct error **error);

/* One NAME=VALUE, NAME or no-NAME, as on the hypervisor's command line. ERR_NOT_SUPPORTED when
 * there is no such parameter to be changed at run time. */
int xen_parameter_set(struct xen_host *host, const char *parameter, struct error **error);

enum flask_mode { FLASK_PERMISSIVE, FLASK_ENFORCING, FLASK_DISABLED };

int xen_flask_mode_get(struct xen_host *host, enum flask_mode *ret_mode, struct error **error);
/* ERR_NOT_SUPPORTED when the hypervisor has no FLASK, here and below. */
int xen_flask_mode_set(struct xen_host *host, bool enforcing, struct error **error);
int xen_flask_policy_load(struct xen_host *host, void *policy, uint32_t size, struct error **error);

#endif
