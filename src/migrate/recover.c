/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The repair of broken migrations; see recover.h. The decision is migration_decide's. */
#include "migrate/recover.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "migrate/guard.h"
#include "migrate/guest.h"
#include "migrate/record.h"
#include "migrate/wire.h"
#include "xen/domain.h"
#include "xen/life.h"
#include "xen/lock.h"
#include "xen/suspend.h"

void recover_plan_release(struct recover_plan *plan)
{
    migration_release(&plan->record);
    domain_release(&plan->copy);
    free(plan->no_answer);
}

const char *recover_step_name(enum recovery step)
{
    static const char *const names[] = {
        [RECOVERY_NOTHING] = "nothing", [RECOVERY_WAIT] = "wait",
        [RECOVERY_RESUME] = "resume",   [RECOVERY_DESTROY] = "destroy",
        [RECOVERY_FINISH] = "finish",   [RECOVERY_THERE] = "act-there",
        [RECOVERY_UNDECIDED] = "ask",   [RECOVERY_TWO] = "two-run",
    };

    return names[step];
}

/* The one that the record is about. A migration within a host has two: the sender's own, of the
 * number in other, is none of a receiver's. */
static void find_copy(const struct domain_list *list, const struct migration *record,
                      const struct migration *other, struct domain *ret)
{
    const struct domain *found = NULL;

    for (size_t i = 0; i < list->count; i++) {
        const struct domain *domain = &list->domains[i];

        if (domain->dying || strcmp(domain->uuid, record->uuid) != 0 ||
            (record->incoming && other->state != MIGRATION_NONE && domain->domid == other->domid))
            continue;
        if (!found || domain->domid == record->domid)
            found = domain;
    }
    if (found)
        *ret = domain_copy(found);
}

int recover_view(struct xen_host *host, const char *uuid, bool incoming, struct migration *record,
                 struct domain *copy, struct migration_view *view, struct error **error)
{
    auto_domain_list list = { NULL, 0 };
    auto_migration other = { 0 };

    if (record_read(uuid, incoming, record, error) < 0 ||
        record_read(uuid, !incoming, &other, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    find_copy(&list, record, &other, copy);
    *view = (struct migration_view){ .answered = true,
                                     .has_record = true,
                                     .busy = record->busy,
                                     .state = record->state,
                                     .domid = copy->domid };
    if (!copy->uuid[0])
        view->copy = COPY_NONE;
    else if (domain_is_suspended(copy))
        view->copy = COPY_SUSPENDED;
    else
        view->copy = copy->paused ? COPY_PAUSED : COPY_RUNS;
    return 0;
}

/* Outgoing ones first: they are those that need a decision. */
static const struct migration *find_record(const struct migration_list *list, const char *name,
                                           const char *uuid)
{
    const struct migration *found = NULL;

    for (size_t i = 0; i < list->count; i++) {
        const struct migration *record = &list->items[i];

        if (strcasecmp(record->uuid, uuid) != 0 &&
            (!name || !record->name || strcmp(record->name, name) != 0))
            continue;
        if (!found || !record->incoming)
            found = record;
    }
    return found;
}

/* The UUID that the word stands for: of a record, or of a domain. */
static int find_uuid(struct xen_host *host, const char *word, char *uuid, bool *incoming,
                     struct error **error)
{
    auto_migration_list list = { NULL, 0 };
    auto_domain domain = { 0 };
    const struct migration *found;

    if (record_list(&list, error) < 0)
        return -1;
    found = find_record(&list, word, word);
    if (!found && xen_domain_find(host, word, &domain, NULL) == 0)
        found = find_record(&list, NULL, domain.uuid);
    if (!found && !domain.uuid[0]) {
        error_set(error, ERR_DOMAIN_NOT_FOUND, "no migration of '%s' is on record here", word);
        return error_hint(error, "'xn migrate --status' lists them");
    }
    memcpy(uuid, found ? found->uuid : domain.uuid, UUID_TEXT_SIZE);
    *incoming = found && found->incoming;
    return 0;
}

static bool far_side_matters(const struct recover_plan *plan)
{
    return plan->record.host && !plan->here.busy && plan->record.state == MIGRATION_HANDED_OVER &&
           plan->here.copy != COPY_NONE;
}

int recover_look(struct xen_host *host, const char *word, bool checked, struct recover_plan *plan,
                 struct error **error)
{
    char uuid[UUID_TEXT_SIZE];
    auto_error problem = NULL;
    bool incoming = false;

    *plan = (struct recover_plan){ .step = RECOVERY_NOTHING };
    if (find_uuid(host, word, uuid, &incoming, error) < 0 ||
        recover_view(host, uuid, incoming, &plan->record, &plan->copy, &plan->here, error) < 0)
        return -1;
    if (far_side_matters(plan) && !checked) {
        struct far_side side = { .host = plan->record.host, .ssh = plan->record.ssh };

        if (far_look(&side, uuid, &plan->there, &plan->no_answer, &problem) < 0)
            plan->no_answer = xstrdup(problem->message);
    }
    plan->step = migration_decide(&plan->here, &plan->there, &plan->reason);
    if (plan->step == RECOVERY_UNDECIDED && checked) {
        plan->step = RECOVERY_RESUME;
        plan->reason = "you have made sure that the far side does not run it";
    }
    return 0;
}

static int resume(struct xen_host *host, const struct recover_plan *plan, struct error **error)
{
    const struct domain *copy = &plan->copy;
    const char *name = plan->record.name;

    if (copy->name && name && ends_with(copy->name, NAME_AWAY) && strcmp(copy->name, name) != 0 &&
        xen_domain_rename(host, copy, name, error) < 0)
        return -1;
    if (xen_domain_resume(host, copy->domid, error) < 0)
        return -1;
    return record_remove(plan->record.uuid, false, error);
}

static int destroy(struct xen_host *host, const struct recover_plan *plan, struct error **error)
{
    if (xen_life_destroy(host, plan->copy.domid, error) < 0)
        return -1;
    return record_remove(plan->record.uuid, plan->record.incoming, error);
}

static int finish(struct xen_host *host, const struct recover_plan *plan, struct error **error)
{
    const struct guard_order order = { .uuid = plan->record.uuid, .name = plan->record.name };
    struct migration record = plan->record;

    if (guard_finish(host, &plan->copy, &order, error) < 0)
        return -1;
    return record_write(&record, MIGRATION_RUNS, error);
}

static int refuse(const struct recover_plan *plan, struct error **error)
{
    const char *host = plan->record.host ? plan->record.host : "the other host";

    error_set(error, ERR_REFUSED, "nothing can be done safely from here: %s", plan->reason);
    if (plan->no_answer)
        error_detail(error, plan->no_answer);
    if (plan->step == RECOVERY_THERE)
        return error_hint(error, "run 'xn recover %s' on '%s', then here", plan->record.uuid, host);
    if (plan->step == RECOVERY_TWO)
        return error_hint(error, "destroy one of them at once; the later it is, the more is lost");
    if (plan->step == RECOVERY_WAIT)
        return error_hint(error, "'xn migrate --status' shows when it is over");
    return error_hint(error,
                      "when '%s' is off, or certainly has no copy and will have none: xn recover "
                      "--i-checked-the-other-host --yes %s",
                      host, plan->record.uuid);
}

/* Between look and act something may have changed; the copy is looked at once more. */
static int verify(struct xen_host *host, const struct recover_plan *plan, struct error **error)
{
    auto_domain now = { 0 };

    if (xen_domain_get(host, plan->copy.domid, &now, error) < 0)
        return -1;
    if (strcmp(now.uuid, plan->copy.uuid) == 0 && now.shutdown == plan->copy.shutdown &&
        now.paused == plan->copy.paused)
        return 0;
    return error_set(error, ERR_REFUSED, "the domain has changed meanwhile; look again");
}

int recover_act(struct xen_host *host, const struct recover_plan *plan, struct error **error)
{
    auto_fd int lock = -1;
    bool incoming = plan->record.incoming;
    const char *uuid = plan->record.uuid;

    if (plan->step != RECOVERY_NOTHING && plan->step != RECOVERY_RESUME &&
        plan->step != RECOVERY_DESTROY && plan->step != RECOVERY_FINISH)
        return refuse(plan, error);
    if (plan->record.state == MIGRATION_NONE || plan->record.state == MIGRATION_RUNS)
        return 0;
    if ((incoming ? lock_receiving(uuid, &lock, error) : lock_saving(uuid, &lock, error)) < 0)
        return -1;
    if (plan->step == RECOVERY_NOTHING)
        return record_remove(uuid, incoming, error);
    if (verify(host, plan, error) < 0)
        return -1;
    return plan->step == RECOVERY_RESUME    ? resume(host, plan, error)
           : plan->step == RECOVERY_DESTROY ? destroy(host, plan, error)
                                            : finish(host, plan, error);
}
