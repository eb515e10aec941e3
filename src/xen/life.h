/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a supervisor does with a guest after it was started. Domains are named by domid here: the
 * supervisor watches each from before it runs until it is gone, so the number cannot change hands.
 */
#ifndef XN_XEN_LIFE_H
#define XN_XEN_LIFE_H

#include "xen/host.h"

struct xen_death_watch;

/* Asks for the events of shutdown and death of a domain; user comes back in event->for_user. */
int xen_death_watch(struct xen_host *host, uint32_t domid, uint64_t user,
                    struct xen_death_watch **ret_watch, struct error **error);
/* Watches anew after a suspend: the old watch reports no second shutdown. */
int xen_death_rewatch(struct xen_host *host, uint32_t domid, uint64_t user,
                      struct xen_death_watch **watch, struct error **error);
/* NULL is fine. */
void xen_death_unwatch(struct xen_host *host, struct xen_death_watch *watch);

/* The configuration a rebuild needs: as created, with all that was changed since. The caller inited
 * it. */
int xen_life_config(struct xen_host *host, uint32_t domid, libxl_domain_config *config,
                    struct error **error);
/* A signal does not stop it: half destroyed is worse than either. */
int xen_life_destroy(struct xen_host *host, uint32_t domid, struct error **error);
int xen_life_pause(struct xen_host *host, uint32_t domid, struct error **error);
int xen_life_unpause(struct xen_host *host, uint32_t domid, struct error **error);
/* Keeps the dead domain under NAME-SUFFIX with a new UUID. */
int xen_life_preserve(struct xen_host *host, uint32_t domid, const libxl_domain_config *config,
                      const char *suffix, struct error **error);
int xen_life_soft_reset(struct xen_host *host, uint32_t domid, libxl_domain_config *config,
                        struct error **error);

#endif
