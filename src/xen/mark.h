/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * xn's mark on a domain: "the supervisor looks after this one".
 *
 * It is a xenstore node beside libxl's own (/libxl/DOMID/xn-supervised), which guests can
 * neither read nor write and which libxl removes with the domain. Its value is the domain's UUID,
 * so that a mark can never be taken for that of a later domain.
 */
#ifndef XN_XEN_MARK_H
#define XN_XEN_MARK_H

#include "model/domain.h"
#include "xen/host.h"

int xen_mark_set(struct xen_host *host, uint32_t domid, const char *uuid, struct error **error);
/* Whether the domain carries its own mark. */
int xen_mark_get(struct xen_host *host, const struct domain *domain, bool *ret_marked,
                 struct error **error);

/* Takes the mark away; one that is not there is no error. */
int xen_mark_clear(struct xen_host *host, uint32_t domid, struct error **error);

/* A mark of the same kind (/libxl/DOMID/xn-suspended): the domain was suspended to stay so, and not
 * for being saved. It only tells; failing to leave it or to take it away is no error. */
void xen_suspended_mark(struct xen_host *host, const struct domain *domain);
void xen_suspended_clear(struct xen_host *host, uint32_t domid);
/* Whether a suspended domain carries it. */
bool xen_suspended_is_marked(struct xen_host *host, const struct domain *domain);
/* A mark of the same kind (/libxl/DOMID/xn-stopping): the host stops, and however this domain ends,
 * it is not to be built again. It counts while somebody holds lock_stopping. ERR_XENSTORE. */
int xen_stopping_mark(struct xen_host *host, const struct domain *domain, struct error **error);
void xen_stopping_clear(struct xen_host *host, uint32_t domid);
bool xen_stopping_is_marked(struct xen_host *host, uint32_t domid, const char *uuid);
/* What struct domain has as .suspended_by. */
const char *xen_suspended_by(struct xen_host *host, const struct domain *domain);

#endif
