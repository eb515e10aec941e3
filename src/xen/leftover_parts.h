/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Between the files of leftover.h: what one search knows, and the parts that it is made of. */
#ifndef XN_XEN_LEFTOVER_PARTS_H
#define XN_XEN_LEFTOVER_PARTS_H

#include <xenstore.h>

#include "xen/leftover.h"

struct leftover_scan {
    struct xen_host *host;
    struct xs_handle *store;
    const struct leftover_search *search;
    struct domain_list before; /* the first look at the domains */
    struct domain_list now;    /* the second; later than all candidates were seen */
    struct leftover_list *list;
};

/* In *list, NULL when it is not there. */
const struct domain *leftover_by_domid(const struct domain_list *list, uint32_t domid);
const struct domain *leftover_by_uuid(const struct domain_list *list, const char *uuid);
/* Whether a domain has this number at this moment: 1, 0, or -1 when nobody knows. */
int leftover_domain_exists(struct xen_host *host, uint32_t domid, struct error **error);

/* The children of a node of xenstore; none when it is not there. ERR_XENSTORE. */
int leftover_children(struct xs_handle *store, xs_transaction_t transaction, const char *path,
                      struct string_list *ret_names, struct error **error);
/* The text of PATH/NAME, or NULL; the caller frees it. */
char *leftover_read(struct xs_handle *store, xs_transaction_t transaction, const char *path,
                    const char *name);

/* Candidates: what has the right name, whether its domain is here or not. */
int leftover_find_nodes(struct leftover_scan *scan, struct error **error);
int leftover_find_files(struct leftover_scan *scan, struct error **error);
void leftover_find_vifs(struct leftover_scan *scan);
void leftover_find_locks(struct leftover_scan *scan);
/* These need both looks at the domains. */
int leftover_find_domains(struct leftover_scan *scan, struct error **error);
int leftover_find_marks(struct leftover_scan *scan, struct error **error);
int leftover_find_loops(struct leftover_scan *scan, struct error **error);
/* Whether a node of a domain's UUID is still pointed at by a domain that is here. */
bool leftover_vm_is_used(struct leftover_scan *scan, const char *path);

/* Each does the action and says how it went; RESULT_FAILED sets *error. scan->now is fresh. */
enum leftover_result leftover_clean_domain(struct leftover_scan *scan, struct leftover *leftover,
                                           struct error **error);
enum leftover_result leftover_clean_node(struct leftover_scan *scan, struct leftover *leftover,
                                         struct error **error);
enum leftover_result leftover_clean_loop(struct leftover_scan *scan, struct leftover *leftover,
                                         struct error **error);
enum leftover_result leftover_clean_vif(struct leftover_scan *scan, struct leftover *leftover,
                                        struct error **error);
enum leftover_result leftover_clean_userdata(struct leftover_scan *scan, struct leftover *leftover,
                                             struct error **error);
enum leftover_result leftover_clean_part(struct leftover_scan *scan, struct leftover *leftover,
                                         struct error **error);

/* Whether a node BACKEND/DEVICE is the only one to name a loop device that should go first. */
bool leftover_names_loop(struct leftover_scan *scan, const char *backend_path);

/* Calls see for each process; stops early when it returns false. */
struct leftover_process {
    long pid, parent;
    char *comm;                   /* untrusted */
    struct string_list arguments; /* untrusted */
    bool detached;                /* of a session of its own, in /, with nothing on stdin */
    bool stopped;                 /* by a signal or a debugger */
};
void leftover_each_process(bool (*see)(void *context, const struct leftover_process *process),
                           void *context);
/* Flags of enum tool_work, of all processes together. */
unsigned leftover_work(void);

#endif
