/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be sent to a guest from outside: hardware events and magic sysrq letters. */
#ifndef XN_XEN_TRIGGER_H
#define XN_XEN_TRIGGER_H

#include "model/domain.h"
#include "xen/host.h"

/* The names of all triggers, NULL-terminated. */
extern const char *const xen_trigger_names[];

/* Sends the trigger of that name; vcpu counts for those that go to one virtual CPU. What the guest
 * makes of it cannot be seen. ERR_NOT_SUPPORTED when a domain of that type takes no such trigger,
 * ERR_FAILED when it has shut down or has no such virtual CPU, ERR_LIBXL when the hypervisor or the
 * device model refuses. */
int xen_trigger_send(struct xen_host *host, const struct domain *domain, const char *name,
                     uint32_t vcpu, struct error **error);
/* Hands a magic sysrq letter to the guest's kernel, which may ignore it. ERR_FAILED when the domain
 * has shut down, ERR_XENSTORE. */
int xen_sysrq_send(struct xen_host *host, const struct domain *domain, char letter,
                   struct error **error);

#endif
