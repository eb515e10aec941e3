/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* After a migration that broke off: looking at both ends, and taking the one safe step. */
#ifndef XN_MIGRATE_RECOVER_H
#define XN_MIGRATE_RECOVER_H

#include "migrate/far.h"

struct recover_plan {
    struct migration record; /* .state is MIGRATION_NONE when there is none */
    struct migration_view here, there;
    struct domain copy; /* the one that is here; .uuid is "" when there is none */
    enum recovery step;
    const char *reason; /* static */
    char *no_answer;    /* why the far side did not answer; NULL: it did, or was not asked */
};

#define auto_recover_plan __attribute__((cleanup(recover_plan_release))) struct recover_plan

void recover_plan_release(struct recover_plan *plan);

/* What this host knows of a guest: the record of that direction, and the copy, if there is one. */
int recover_view(struct xen_host *host, const char *uuid, bool incoming,
                 struct migration *ret_record, struct domain *ret_copy,
                 struct migration_view *ret_view, struct error **error);

/* Finds the migration of the guest that word names (name, domid or UUID; it need not be here any
 * more) and decides. Asks the far side when that matters. checked: somebody has made sure that the
 * far side does not run it and never will. */
int recover_look(struct xen_host *host, const char *word, bool checked,
                 struct recover_plan *ret_plan, struct error **error);
/* Takes the step. ERR_REFUSED when there is none that is safe. */
int recover_act(struct xen_host *host, const struct recover_plan *plan, struct error **error);

/* "resume", "destroy" ... */
const char *recover_step_name(enum recovery step);

#endif
