/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Notes of guests that are just being built again.
 *
 * Between the end of the old domain and the mark of the new one nothing on the host knows the
 * guest. A note, a file in Xen's run-time folder, bridges that: a worker that is killed leaves it
 * behind, and the next one goes on where it stopped. Who holds lock_ending of the UUID and sees a
 * note knows that its writer is dead.
 */
#ifndef XN_SUPERVISE_REBUILD_H
#define XN_SUPERVISE_REBUILD_H

#include "model/domain.h"
#include "xen/host.h"

struct rebuild {
    char uuid[UUID_TEXT_SIZE];
    uint32_t domid; /* the old domain */
    bool keep_old;  /* under another name; otherwise it is destroyed */
};

struct rebuild_list {
    struct rebuild *items;
    size_t count;
};

/* config: what the new domain is built from. */
int rebuild_note(struct xen_host *host, const struct rebuild *rebuild, libxl_domain_config *config,
                 struct error **error);
/* The caller inited config. */
int rebuild_read(struct xen_host *host, const struct rebuild *rebuild, libxl_domain_config *config,
                 struct error **error);
/* The guest runs again, or nothing had happened yet. */
void rebuild_done(const struct rebuild *rebuild);
/* It could not be built: keeps the configuration as a file for 'xn create'. The caller frees its
 * path; NULL when there is none. */
char *rebuild_failed(const struct rebuild *rebuild);

/* All notes. The caller frees the items. */
void rebuild_list(struct rebuild_list *ret_list);
/* The one of a UUID; false when there is none. */
bool rebuild_find(const char *uuid, struct rebuild *ret_rebuild);

#endif
