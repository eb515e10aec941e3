/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finding what killed tools and crashes left on this host, and taking it away.
 *
 * Finding changes nothing. What is found was not in use when it was looked at; before each action
 * everything that made it a leftover is asked again, so that a domain that has appeared meanwhile
 * is never harmed. What belongs to a domain that is here, to domain 0 or to a driver domain is
 * neither told nor touched.
 */
#ifndef XN_XEN_LEFTOVER_H
#define XN_XEN_LEFTOVER_H

#include "model/leftover.h"
#include "xen/host.h"

struct leftover_search {
    bool kinds[LEFTOVER_KINDS];        /* what to look for */
    const struct string_list *folders; /* where part files may be, besides Xen's own folder */
    const char *lock_file;             /* the one that creations share with xl */
};

/* Adds what is there to *list, sorted, with results RESULT_FOUND. Takes two seconds longer when a
 * domain looks like a leftover, to see whether anything happens to it. ERR_XENSTORE, ERR_FILE for a
 * folder that cannot be read, ERR_INTERRUPTED, ERR_LIBXL. */
int xen_leftovers_find(struct xen_host *host, const struct leftover_search *search,
                       struct leftover_list *list, struct error **error);

/* Does the action of one entry, whether it is guarded or not, and sets its result; why it failed
 * goes to leftover->error. */
void xen_leftover_clean(struct xen_host *host, const struct leftover_search *search,
                        struct leftover *leftover);

#endif
