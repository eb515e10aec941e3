/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains: finding them, and what can be done to one that is there. */
#ifndef XN_XEN_DOMAIN_H
#define XN_XEN_DOMAIN_H

#include "model/domain.h"
#include "xen/host.h"

/* What a caller wants to know beyond the basics; each costs questions to the host. */
enum domain_details {
    DETAIL_NAMES = 1 << 0,
    DETAIL_CPUPOOL = 1 << 1,
    DETAIL_AFFINITY = 1 << 2,
    DETAIL_TYPE = 1 << 3,      /* without it a PVH guest looks like an HVM one */
    DETAIL_SUSPENDED = 1 << 4, /* by whom */
    DETAIL_LABELS = 1 << 5,    /* security labels */
    DETAIL_STUBDOM = 1 << 6,
};

/* Every domain by ascending domid. A host that was opened to ask is enough for this, and for all
 * that asks for domains below. A domain that has no name, .name NULL, is told from a xenstore that
 * does not answer, ERR_XENSTORE. Release with domain_list_release. */
int xen_domain_list(struct xen_host *host, unsigned details, struct domain_list *ret_list,
                    struct error **error);
/* The one domain that a word of the command line names, freshly asked. ERR_USAGE,
 * ERR_DOMAIN_NOT_FOUND, ERR_REFUSED. Release with domain_release. */
int xen_domain_find(struct xen_host *host, const char *word, struct domain *ret_domain,
                    struct error **error);
/* The domain of a domid. ERR_DOMAIN_NOT_FOUND. */
int xen_domain_get(struct xen_host *host, uint32_t domid, struct domain *ret_domain,
                   struct error **error);
/* Checks that domid still carries this UUID, right before something is done to it.
 * ERR_DOMAIN_NOT_FOUND when the domain is gone or another one has its number now. */
int xen_domain_verify(struct xen_host *host, const struct domain *domain, struct error **error);
/* Is there another domain with its UUID that runs or may be let run? 1 or 0; -1: Xen does not
 * answer. */
int xen_domain_twin(struct xen_host *host, const struct domain *domain, uint32_t *ret_domid,
                    struct error **error);
/* The domain of this number and UUID is dying or not here any more. When Xen does not answer:
 * false. */
bool xen_domain_is_gone(struct xen_host *host, uint32_t domid, const char *uuid);

/* Fills in details of domains that are known already. */
int xen_domain_details(struct xen_host *host, unsigned details, struct domain *domains,
                       size_t count, struct error **error);
/* The same for the names of a list. */
int xen_domain_list_names(struct xen_host *host, struct domain_list *list, struct error **error);

int xen_domain_rename(struct xen_host *host, const struct domain *domain, const char *new_name,
                      struct error **error);

/* The configuration that libxl keeps for a domain, with what changed since, as libxl's JSON. The
 * caller frees it. ERR_LIBXL for a domain without one. */
int xen_domain_config_json(struct xen_host *host, const struct domain *domain, char **ret_json,
                           struct error **error);

#endif
