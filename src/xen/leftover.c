/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The order of a search for leftovers, and which part cleans what; see leftover.h. */
#include "xen/leftover.h"

#include <poll.h>
#include <string.h>
#include <strings.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "xen/domain.h"
#include "xen/leftover_parts.h"
#include "xen/store.h"

/* What is being built, destroyed or saved has moved on after this long. */
#define SETTLE_MS 2000

const struct domain *leftover_by_domid(const struct domain_list *list, uint32_t domid)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->domains[i].domid == domid)
            return &list->domains[i];
    return NULL;
}

const struct domain *leftover_by_uuid(const struct domain_list *list, const char *uuid)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcasecmp(list->domains[i].uuid, uuid) == 0)
            return &list->domains[i];
    return NULL;
}

int leftover_domain_exists(struct xen_host *host, uint32_t domid, struct error **error)
{
    struct domain domain = { 0 };
    struct error *problem = NULL;
    int result = xen_domain_get(host, domid, &domain, &problem);

    domain_release(&domain);
    if (result == 0)
        return 1;
    if (problem->code != ERR_DOMAIN_NOT_FOUND)
        return error_move(error, problem);
    error_free(problem);
    return 0;
}

static bool any_suspicious(const struct leftover_scan *scan)
{
    bool wanted = false;

    for (enum leftover_kind kind = LEFTOVER_HALF_BUILT; kind <= LEFTOVER_ZOMBIE; kind++)
        wanted = wanted || scan->search->kinds[kind];
    for (size_t i = 0; wanted && i < scan->before.count; i++)
        if (leftover_is_suspicious(&scan->before.domains[i]))
            return true;
    return false;
}

/* No event tells that nothing happens. */
static int settle(struct error **error)
{
    struct pollfd signals = { .fd = interrupt_fd(), .events = POLLIN };

    (void)poll(&signals, 1, SETTLE_MS);
    return interrupt_signal() ? error_set(error, ERR_INTERRUPTED, "interrupted") : 0;
}

/* The domain of a candidate is here, so it is none. */
static bool is_in_use(struct leftover_scan *scan, const struct leftover *leftover)
{
    switch (leftover->kind) {
    case LEFTOVER_BACKEND:
    case LEFTOVER_LIBXL_NODE:
    case LEFTOVER_DOMAIN_NODE:
    case LEFTOVER_VIF:
        return leftover_by_domid(&scan->now, leftover->domid) != NULL;
    case LEFTOVER_VM_NODE:
        return leftover_by_uuid(&scan->now, leftover->uuid) ||
               leftover_vm_is_used(scan, leftover->subject);
    case LEFTOVER_USERDATA:
        /* A guest that was kept after its end has its number still, but another UUID. */
        return leftover_by_uuid(&scan->now, leftover->uuid) ||
               leftover_by_domid(&scan->now, leftover->domid);
    default:
        return false;
    }
}

static void drop_used(struct leftover_scan *scan)
{
    struct leftover_list kept = { NULL, 0 };

    for (size_t i = 0; i < scan->list->count; i++) {
        struct leftover *leftover = &scan->list->items[i];

        if (is_in_use(scan, leftover))
            continue;
        *leftover_list_add(&kept, leftover->kind, NULL) = *leftover;
        *leftover = (struct leftover){ 0 };
    }
    leftover_list_release(scan->list);
    *scan->list = kept;
}

static int search_all(struct leftover_scan *scan, struct error **error)
{
    if (xen_store(scan->host, &scan->store, error) < 0 ||
        xen_domain_list(scan->host, DETAIL_NAMES, &scan->before, error) < 0 ||
        leftover_find_nodes(scan, error) < 0 || leftover_find_files(scan, error) < 0)
        return -1;
    leftover_find_vifs(scan);
    leftover_find_locks(scan);
    if (any_suspicious(scan) && settle(error) < 0)
        return -1;
    /* After the candidates: what was made with a domain is seen with its domain. */
    if (xen_domain_list(scan->host, DETAIL_NAMES, &scan->now, error) < 0)
        return -1;
    drop_used(scan);
    if (leftover_find_domains(scan, error) < 0 || leftover_find_marks(scan, error) < 0 ||
        leftover_find_loops(scan, error) < 0)
        return -1;
    leftover_list_sort(scan->list);
    return 0;
}

int xen_leftovers_find(struct xen_host *host, const struct leftover_search *search,
                       struct leftover_list *list, struct error **error)
{
    struct leftover_scan scan = { .host = host, .search = search, .list = list };
    int result = search_all(&scan, error);

    domain_list_release(&scan.before);
    domain_list_release(&scan.now);
    return result;
}

static enum leftover_result clean(struct leftover_scan *scan, struct leftover *leftover,
                                  struct error **error)
{
    switch (leftover->kind) {
    case LEFTOVER_HALF_BUILT:
    case LEFTOVER_SUSPENDED:
    case LEFTOVER_INCOMING:
    case LEFTOVER_MIGRATED_AWAY:
        return leftover_clean_domain(scan, leftover, error);
    case LEFTOVER_MARK:
    case LEFTOVER_BACKEND:
    case LEFTOVER_LIBXL_NODE:
    case LEFTOVER_DOMAIN_NODE:
    case LEFTOVER_VM_NODE:
        return leftover_clean_node(scan, leftover, error);
    case LEFTOVER_LOOP:
        return leftover_clean_loop(scan, leftover, error);
    case LEFTOVER_VIF:
        return leftover_clean_vif(scan, leftover, error);
    case LEFTOVER_USERDATA:
        return leftover_clean_userdata(scan, leftover, error);
    case LEFTOVER_PART_FILE:
        return leftover_clean_part(scan, leftover, error);
    case LEFTOVER_ZOMBIE:
    case LEFTOVER_LOCK:
    case LEFTOVER_KINDS:
        break;
    }
    return RESULT_KEPT;
}

void xen_leftover_clean(struct xen_host *host, const struct leftover_search *search,
                        struct leftover *leftover)
{
    struct leftover_scan scan = { .host = host, .search = search };

    leftover->result = RESULT_FAILED;
    if (leftover->action == CLEAN_NOTHING)
        leftover->result = RESULT_KEPT;
    else if (xen_store(host, &scan.store, &leftover->error) == 0 &&
             xen_domain_list(host, DETAIL_NAMES, &scan.now, &leftover->error) == 0)
        leftover->result = clean(&scan, leftover, &leftover->error);
    domain_list_release(&scan.now);
}
