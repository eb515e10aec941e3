/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Asking for domains; see domain.h. One hypercall for all of them, and one dialogue with xenstore
 * for everything that stands there: no question is asked once per domain and waited for.
 */
#include <errno.h>
#include <libxl_utils.h>
#include <stdlib.h>
#include <string.h>
#include <uuid/uuid.h>

#include "base/mem.h"
#include "xen/bitmap.h"
#include "xen/calls.h"
#include "xen/domain.h"
#include "xen/mark.h"
#include "xen/store_many.h"

/* The hypercall's buffer is mapped anew each time, so it is made for most hosts, not for all. */
#define DOMAINS_PER_CALL 256
#define KIB_PER_PAGE     (XC_PAGE_SIZE / 1024)
#define LABEL_MAX        4096

static void fill_domain(struct domain *domain, const xc_domaininfo_t *info)
{
    const uint32_t flags = info->flags;
    bool shutdown = flags & XEN_DOMINF_shutdown;

    *domain = (struct domain){
        .domid = info->domain,
        .type = flags & XEN_DOMINF_hvm_guest ? "hvm" : "pv",
        .memory_kib = info->tot_pages * KIB_PER_PAGE,
        .claimed_kib = info->outstanding_pages * KIB_PER_PAGE,
        .shared_kib = info->shr_pages * KIB_PER_PAGE,
        .max_memory_kib = info->max_pages * KIB_PER_PAGE,
        .vcpus_online = info->nr_online_vcpus,
        .vcpus_max = info->max_vcpu_id + 1,
        .cpu_time_ns = info->cpu_time,
        .cpupool_id = info->cpupool,
        .security_id = info->ssidref,
        .running = flags & XEN_DOMINF_running,
        .blocked = flags & XEN_DOMINF_blocked,
        .paused = flags & XEN_DOMINF_paused,
        .shutdown = shutdown,
        .dying = flags & XEN_DOMINF_dying,
        .never_stop = flags & XEN_DOMINF_xs_domain,
        .shutdown_reason = shutdown
                               ? (int)(flags >> XEN_DOMINF_shutdownshift & XEN_DOMINF_shutdownmask)
                               : SHUTDOWN_UNKNOWN,
    };
    uuid_unparse_lower(info->handle, domain->uuid);
}

/* Adds the domains from first on, at most max of them; yields how many. */
static int ask_some(xc_interface *calls, uint32_t first, unsigned max, struct domain_list *list)
{
    auto_free xc_domaininfo_t *info = xcalloc(max, sizeof(*info));
    int count = xc_domain_getinfolist(calls, first, max, info);

    if (count <= 0)
        return count;
    list->domains =
        xreallocarray(list->domains, list->count + (size_t)count, sizeof(*list->domains));
    for (int i = 0; i < count; i++)
        fill_domain(&list->domains[list->count++], &info[i]);
    return count;
}

static int ask_all(struct xen_host *host, struct domain_list *list, struct error **error)
{
    xc_interface *calls;
    uint32_t first = 0;
    int count;

    if (xen_calls(host, &calls, error) < 0)
        return -1;
    do {
        count = ask_some(calls, first, DOMAINS_PER_CALL, list);
        if (count > 0)
            first = list->domains[list->count - 1].domid + 1;
    } while (count == DOMAINS_PER_CALL);
    return count < 0 ? xen_call_error(error, "cannot list the domains") : 0;
}

static char *affinity_text(struct xen_host *host, uint32_t domid)
{
    libxl_bitmap nodes;
    libxl_physinfo physical;
    char *text = NULL;

    libxl_bitmap_init(&nodes);
    libxl_physinfo_init(&physical);
    if (libxl_node_bitmap_alloc(xen_ctx(host), &nodes, 0) == 0 &&
        libxl_domain_get_nodeaffinity(xen_ctx(host), domid, &nodes) == 0 &&
        libxl_get_physinfo(xen_ctx(host), &physical) == 0)
        text = bitmap_text(&nodes, (int)physical.nr_nodes);
    libxl_physinfo_dispose(&physical);
    libxl_bitmap_dispose(&nodes);
    return text;
}

/* A hypervisor without FLASK says so at the first, and then nobody else is asked about. */
static void fill_labels(struct xen_host *host, struct domain *domains, size_t count)
{
    char label[LABEL_MAX];
    xc_interface *calls;

    if (xen_calls(host, &calls, NULL) < 0)
        return;
    for (size_t i = 0; i < count; i++) {
        memset(label, 0, sizeof(label));
        if (xc_flask_sid_to_context(calls, (int)domains[i].security_id, label, sizeof(label) - 1) ==
            0)
            domains[i].security_label = xstrdup(label);
        else if (errno == ENOSYS)
            return;
    }
}

/* What is asked of xenstore about one domain; STORE_NOTHING: not asked. */
struct asked {
    size_t name, type, pool, target;
};
#define STORE_NOTHING SIZE_MAX

/* The hypervisor knows only PV and HVM; what it was built as stands in libxl's part of xenstore. */
static struct asked ask_about(const struct domain *domain, unsigned details,
                              struct store_questions *questions)
{
    struct asked asked = { STORE_NOTHING, STORE_NOTHING, STORE_NOTHING, STORE_NOTHING };

    if (details & DETAIL_NAMES)
        asked.name = store_question_value(questions, "/local/domain/%u/name", domain->domid);
    if ((details & DETAIL_TYPE) && strcmp(domain->type, "hvm") == 0)
        asked.type = store_question_value(questions, "/libxl/%u/type", domain->domid);
    if (details & DETAIL_CPUPOOL)
        asked.pool = store_question_value(questions, "/local/pool/%u/name", domain->cpupool_id);
    if (details & DETAIL_STUBDOM)
        asked.target = store_question_value(questions, "/local/domain/%u/target", domain->domid);
    return asked;
}

static void take_answers(struct store_questions *questions, const struct asked *asked,
                         struct domain *domain)
{
    if (asked->name != STORE_NOTHING) {
        free(domain->name);
        domain->name = TAKE(questions->items[asked->name].value);
    }
    if (asked->type != STORE_NOTHING && store_value(questions, asked->type) &&
        strcmp(store_value(questions, asked->type), "pvh") == 0)
        domain->type = "pvh";
    if (asked->pool != STORE_NOTHING)
        domain->cpupool = TAKE(questions->items[asked->pool].value);
    domain->stubdom = asked->target != STORE_NOTHING && store_value(questions, asked->target);
}

/* Without one there is no stub domain either. */
static bool has_hvm(const struct domain *domains, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(domains[i].type, "hvm") == 0)
            return true;
    return false;
}

static int ask_store(struct xen_host *host, unsigned details, struct domain *domains, size_t count,
                     struct error **error)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;
    auto_free struct asked *asked = xcalloc(count, sizeof(*asked));

    if (!has_hvm(domains, count))
        details &= ~(unsigned)DETAIL_STUBDOM;
    for (size_t i = 0; i < count; i++)
        asked[i] = ask_about(&domains[i], details, &questions);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        take_answers(&questions, &asked[i], &domains[i]);
    return 0;
}

int xen_domain_details(struct xen_host *host, unsigned details, struct domain *domains,
                       size_t count, struct error **error)
{
    if (ask_store(host, details, domains, count, error) < 0)
        return -1;
    if (details & DETAIL_LABELS)
        fill_labels(host, domains, count);
    for (size_t i = 0; (details & DETAIL_SUSPENDED) && i < count; i++)
        domains[i].suspended_by = xen_suspended_by(host, &domains[i]);
    if (!(details & DETAIL_AFFINITY))
        return 0;
    if (xen_host_need_libxl(host, error) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        domains[i].node_affinity = affinity_text(host, domains[i].domid);
    return 0;
}

int xen_domain_list(struct xen_host *host, unsigned details, struct domain_list *list,
                    struct error **error)
{
    xen_log_forget(host);
    if (ask_all(host, list, error) < 0 ||
        xen_domain_details(host, details, list->domains, list->count, error) < 0) {
        domain_list_release(list);
        return -1;
    }
    return 0;
}

int xen_domain_list_names(struct xen_host *host, struct domain_list *list, struct error **error)
{
    return xen_domain_details(host, DETAIL_NAMES, list->domains, list->count, error);
}

/* The domain of a number as the hypervisor knows it: the only one in *list. */
static int ask_number(struct xen_host *host, uint32_t domid, struct domain_list *list,
                      struct error **error)
{
    xc_interface *calls;
    int count;

    xen_log_forget(host);
    if (xen_calls(host, &calls, error) < 0)
        return -1;
    count = ask_some(calls, domid, 1, list);
    if (count < 0)
        return xen_call_error(error, "cannot ask for a domain");
    /* What is asked for is the first domain from domid on. */
    if (count == 0 || list->domains[0].domid != domid) {
        error_set(error, ERR_DOMAIN_NOT_FOUND, "no domain has the number %u", domid);
        return error_hint(error, "'xn list' shows the domains that are here");
    }
    return 0;
}

int xen_domain_get(struct xen_host *host, uint32_t domid, struct domain *domain,
                   struct error **error)
{
    auto_domain_list list = { NULL, 0 };

    if (ask_number(host, domid, &list, error) < 0 ||
        xen_domain_details(host, DETAIL_NAMES | DETAIL_TYPE, list.domains, 1, error) < 0)
        return -1;
    *domain = list.domains[0];
    list.count = 0;
    return 0;
}

int xen_domain_verify(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_domain_list list = { NULL, 0 };

    if (ask_number(host, domain->domid, &list, error) < 0)
        return -1;
    if (strcmp(list.domains[0].uuid, domain->uuid) == 0)
        return 0;
    error_set(error, ERR_DOMAIN_NOT_FOUND, "domain %u is another one by now: nothing was done",
              domain->domid);
    return error_hint(error, "look at 'xn list' and try again");
}

bool xen_domain_is_gone(struct xen_host *host, uint32_t domid, const char *uuid)
{
    auto_domain_list list = { NULL, 0 };
    auto_error error = NULL;

    if (ask_number(host, domid, &list, &error) < 0)
        return error->code == ERR_DOMAIN_NOT_FOUND;
    return list.domains[0].dying || strcmp(list.domains[0].uuid, uuid) != 0;
}

int xen_domain_twin(struct xen_host *host, const struct domain *domain, uint32_t *ret_domid,
                    struct error **error)
{
    auto_domain_list list = { NULL, 0 };

    if (xen_domain_list(host, 0, &list, error) < 0)
        return -1;
    for (size_t i = 0; i < list.count; i++) {
        const struct domain *other = &list.domains[i];

        if (other->domid != domain->domid && strcmp(other->uuid, domain->uuid) == 0 &&
            !other->shutdown && !other->dying) {
            *ret_domid = other->domid;
            return 1;
        }
    }
    return 0;
}
