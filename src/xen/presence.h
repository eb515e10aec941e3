/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking the host whether a guest is on it, with a limit on how long the host may take. */
#ifndef XN_XEN_PRESENCE_H
#define XN_XEN_PRESENCE_H

#include "model/presence.h"
#include "xen/host.h"

/* Opens the host, asks hypervisor and xenstore, and closes it again. PRESENCE_ABSENT only when both
 * have answered, twice alike, and nobody is building such a guest. When they do not answer within
 * timeout_ms: ERR_XENSTORE, and what was begun is left to a thread that ends with the process.
 * Every error means that nothing is known. Release *ret_presence with presence_release. */
int xen_presence_ask(const struct xen_host_options *options, const char *word, uint64_t timeout_ms,
                     struct presence *ret_presence, struct error **error);

#endif
