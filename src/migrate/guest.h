/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps that saving and moving a guest share. */
#ifndef XN_MIGRATE_GUEST_H
#define XN_MIGRATE_GUEST_H

#include "model/domain.h"
#include "xen/host.h"

/* Keeps others from saving or moving it until *ret_lock is closed, and only then asks for it anew:
 * what the caller saw may be over by now. ERR_REFUSED, ERR_DOMAIN_NOT_FOUND. */
int guest_lock(struct xen_host *host, const struct domain *seen, int *ret_lock,
               struct domain *ret_now, struct error **error);
/* ERR_REFUSED for a guest that has ended or is suspended. Whoever asks holds the lock: nobody of
 * ours is saving it. */
int guest_check_alive(struct xen_host *host, const struct domain *domain, struct error **error);
/* What the guest will be built from again, as JSON; without keep_domid it will take a free number.
 * The caller frees it. */
int guest_config_json(struct xen_host *host, const struct domain *domain, bool keep_domid,
                      char **ret_json, struct error **error);
/* After a failure: lets it run on if it did suspend, and adds to *error what has become of it.
 * Returns whether it goes on. */
bool guest_bring_back(struct xen_host *host, const struct domain *domain, struct error **error);

#endif
