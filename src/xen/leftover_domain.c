/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains that were left behind; see leftover.h. What they are is decided in
 * model/leftover_judge.c. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"
#include "xen/leftover_parts.h"
#include "xen/life.h"
#include "xen/lock.h"
#include "xen/suspend.h"

static bool has_stored_config(const struct domain *domain)
{
    auto_free char *path =
        xasprintf(XEN_LIB_DIR "/userdata-d.%u.%s.libxl-json", domain->domid, domain->uuid);

    return access(path, F_OK) == 0 || errno != ENOENT;
}

/* A device model in a domain of its own is ended with its guest. */
static bool serves_another(struct leftover_scan *scan, const struct domain *domain)
{
    auto_free char *path = xasprintf("/local/domain/%u", domain->domid);
    auto_free char *target = leftover_read(scan->store, XBT_NULL, path, "target");
    uint32_t domid;

    return target && leftover_parse_domid(target, &domid) && leftover_by_domid(&scan->now, domid);
}

static bool is_of_libxl(struct leftover_scan *scan, const struct domain *domain)
{
    auto_free char *path = xasprintf("/libxl/%u", domain->domid);
    unsigned count;
    auto_free char **nodes = xs_directory(scan->store, XBT_NULL, path, &count);

    return nodes != NULL;
}

static int look_around(struct leftover_scan *scan, const struct domain *domain,
                       struct domain_circumstances *ret, struct error **error)
{
    bool identity, receiving, building = false;

    if (lock_identity_probe(domain->uuid, &identity, error) < 0 ||
        lock_receiving_probe(domain->uuid, &receiving, error) < 0 ||
        lock_file_probe(scan->search->lock_file, &building, error) < 0 ||
        lock_saving_probe(domain->uuid, &ret->save_locked, error) < 0)
        return -1;
    ret->creation_locked = identity || receiving || building;
    ret->work = leftover_work();
    ret->of_libxl = is_of_libxl(scan, domain);
    ret->has_stored_config = has_stored_config(domain);
    ret->serves_another = serves_another(scan, domain);
    return 0;
}

/* What keeps a dying domain: backends that have not let go of its memory, and QEMU. */

static int add_backends(struct leftover_scan *scan, uint32_t backend_domid, uint32_t domid,
                        struct string_list *holders, struct error **error)
{
    auto_free char *root = xasprintf("/local/domain/%u/backend", backend_domid);
    auto_string_list kinds = STRING_LIST_INIT;

    if (leftover_children(scan->store, XBT_NULL, root, &kinds, error) < 0)
        return -1;
    for (size_t i = 0; i < kinds.count; i++) {
        auto_free char *path = xasprintf("%s/%s/%u", root, kinds.items[i], domid);
        auto_string_list devices = STRING_LIST_INIT;

        if (leftover_children(scan->store, XBT_NULL, path, &devices, error) < 0)
            return -1;
        for (size_t device = 0; device < devices.count; device++)
            string_list_take(holders, xasprintf("%s %s in domain %u", kinds.items[i],
                                                devices.items[device], backend_domid));
    }
    return 0;
}

struct model_search {
    uint32_t domid;
    struct string_list *holders;
};

static bool see_model(void *context, const struct leftover_process *process)
{
    const struct model_search *search = context;
    uint32_t domid;

    for (size_t i = 1; i + 1 < process->arguments.count; i++)
        if (strcmp(process->arguments.items[i], "-xen-domid") == 0 &&
            leftover_parse_domid(process->arguments.items[i + 1], &domid) && domid == search->domid)
            string_list_take(search->holders,
                             xasprintf("%s (process %ld)", process->comm, process->pid));
    return true;
}

static int explain_zombie(struct leftover_scan *scan, struct leftover *leftover,
                          struct error **error)
{
    auto_string_list holders = STRING_LIST_INIT;
    struct model_search search = { .domid = leftover->domid, .holders = &holders };
    auto_str text = STR_INIT;

    for (size_t i = 0; i < scan->now.count; i++)
        if (add_backends(scan, scan->now.domains[i].domid, leftover->domid, &holders, error) < 0)
            return -1;
    leftover_each_process(see_model, &search);
    str_addf(&text, "%s; ", leftover->explanation);
    for (size_t i = 0; i < holders.count; i++)
        str_addf(&text, "%s%s",
                 i ? ", " : "its devices or their processes are still there: ", holders.items[i]);
    if (!holders.count)
        str_add(&text, "no backend and no QEMU of it is left: a driver or another domain has its "
                       "memory mapped");
    free(leftover->explanation);
    leftover->explanation = str_detach(&text);
    return 0;
}

/* Looks at the domain once more after the locks and processes: whoever has finished it before they
 * were asked for is seen by what he has done, and whoever finishes it later is seen by them. */
static int judge(struct leftover_scan *scan, const struct domain *before, const struct domain *now,
                 struct leftover *ret, bool *ret_leftover, struct error **error)
{
    struct domain_circumstances known = { 0 };
    struct domain last = { 0 };
    struct error *problem = NULL;

    *ret_leftover = false;
    if (!leftover_is_suspicious(now))
        return 0;
    if (look_around(scan, now, &known, error) < 0)
        return -1;
    if (xen_domain_get(scan->host, now->domid, &last, &problem) == 0)
        *ret_leftover = leftover_judge_domain(before, &last, &known, ret);
    domain_release(&last);
    if (problem && problem->code != ERR_DOMAIN_NOT_FOUND)
        return error_move(error, problem);
    error_free(problem);
    return 0;
}

static int find_domain(struct leftover_scan *scan, const struct domain *now, struct error **error)
{
    const struct domain *before = leftover_by_domid(&scan->before, now->domid);
    struct leftover found = { 0 };
    struct leftover *leftover;
    bool is_leftover = false;

    if (!before || judge(scan, before, now, &found, &is_leftover, error) < 0)
        return before ? -1 : 0;
    if (!is_leftover || !scan->search->kinds[found.kind]) {
        free(found.explanation);
        return 0;
    }
    leftover = leftover_list_add(scan->list, found.kind, NULL);
    *leftover = found;
    leftover->subject = xstrdup(now->name ? now->name : "(null)");
    leftover->domid = now->domid;
    memcpy(leftover->uuid, now->uuid, sizeof(leftover->uuid));
    return found.kind == LEFTOVER_ZOMBIE ? explain_zombie(scan, leftover, error) : 0;
}

int leftover_find_domains(struct leftover_scan *scan, struct error **error)
{
    for (size_t i = 0; i < scan->now.count; i++)
        if (find_domain(scan, &scan->now.domains[i], error) < 0)
            return -1;
    return 0;
}

static enum leftover_result resume(struct leftover_scan *scan, const struct domain *domain,
                                   struct error **error)
{
    auto_fd int lock = -1;

    if (lock_saving(domain->uuid, &lock, error) < 0 ||
        xen_domain_verify(scan->host, domain, error) < 0 ||
        xen_domain_resume(scan->host, domain->domid, error) < 0)
        return RESULT_FAILED;
    return RESULT_CLEANED;
}

static enum leftover_result destroy(struct leftover_scan *scan, const struct domain *domain,
                                    struct error **error)
{
    if (xen_domain_verify(scan->host, domain, error) < 0 ||
        xen_life_destroy(scan->host, domain->domid, error) < 0)
        return RESULT_FAILED;
    return RESULT_CLEANED;
}

enum leftover_result leftover_clean_domain(struct leftover_scan *scan, struct leftover *leftover,
                                           struct error **error)
{
    const struct domain *now = leftover_by_domid(&scan->now, leftover->domid);
    struct leftover again = { 0 };
    bool is_leftover;

    if (!now || strcmp(now->uuid, leftover->uuid) != 0)
        return RESULT_GONE;
    if (judge(scan, now, now, &again, &is_leftover, error) < 0)
        return RESULT_FAILED;
    free(again.explanation);
    if (!is_leftover || again.kind != leftover->kind || again.action != leftover->action ||
        (again.guarded && !leftover->guarded)) {
        error_set(error, ERR_REFUSED, "domain %u is not what it was: nothing was done",
                  leftover->domid);
        return RESULT_FAILED;
    }
    return leftover->action == CLEAN_RESUME ? resume(scan, now, error) : destroy(scan, now, error);
}
