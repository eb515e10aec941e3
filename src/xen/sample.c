/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Samples of the host; see sample.h. */
#include "xen/sample.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"
#include "xen/store.h"
#include "xen/store_many.h"

/* What is remembered of a domain. */
struct known {
    uint32_t domid;
    char uuid[UUID_TEXT_SIZE];
    char *name;
    bool pvh, asked, renamed, present;
    uint64_t start_s;
};

struct xen_sampler {
    struct xen_host *host;
    bool repeated;
    char *scheduler; /* NULL: not asked yet */
    struct known *known;
    size_t count;
};

struct xen_sampler *xen_sampler_new(struct xen_host *host, bool repeated)
{
    struct xen_sampler *sampler = xcalloc(1, sizeof(*sampler));

    sampler->host = host;
    sampler->repeated = repeated;
    return sampler;
}

static char *name_path(uint32_t domid)
{
    return xasprintf("/local/domain/%u/name", domid);
}

static void forget(struct xen_sampler *sampler, size_t index)
{
    auto_free char *path = name_path(sampler->known[index].domid);
    auto_free char *token = xasprintf("name-%u", sampler->known[index].domid);
    struct xs_handle *store;

    if (sampler->repeated && xen_store(sampler->host, &store, NULL) == 0)
        (void)xs_unwatch(store, path, token);
    free(sampler->known[index].name);
    sampler->known[index] = sampler->known[--sampler->count];
}

void xen_sampler_free(struct xen_sampler *sampler)
{
    if (!sampler)
        return;
    while (sampler->count)
        forget(sampler, sampler->count - 1);
    free(sampler->known);
    free(sampler->scheduler);
    free(sampler);
}

/* The watch comes before the first question, so that no rename is lost between them. */
static int remember(struct xen_sampler *sampler, const struct domain *domain, struct error **error)
{
    auto_free char *path = name_path(domain->domid);
    auto_free char *token = xasprintf("name-%u", domain->domid);
    struct known *known;
    struct xs_handle *store;

    sampler->known = xreallocarray(sampler->known, sampler->count + 1, sizeof(*sampler->known));
    known = &sampler->known[sampler->count++];
    *known = (struct known){ .domid = domain->domid, .present = true };
    memcpy(known->uuid, domain->uuid, sizeof(known->uuid));
    if (!sampler->repeated)
        return 0;
    if (xen_store(sampler->host, &store, error) < 0)
        return -1;
    if (!xs_watch(store, path, token))
        return error_set_errno(error, ERR_XENSTORE, "cannot watch '%s' in xenstore", path);
    return 0;
}

static struct known *find_known(const struct xen_sampler *sampler, const struct domain *domain)
{
    for (size_t i = 0; i < sampler->count; i++)
        if (sampler->known[i].domid == domain->domid &&
            strcmp(sampler->known[i].uuid, domain->uuid) == 0)
            return &sampler->known[i];
    return NULL;
}

static int take_renames(struct xen_sampler *sampler, struct error **error)
{
    struct xs_handle *store;
    char **event;
    uint64_t domid;

    if (!sampler->repeated || sampler->count == 0)
        return 0;
    if (xen_store(sampler->host, &store, error) < 0)
        return -1;
    while ((event = xs_check_watch(store))) {
        const char *token = event[XS_WATCH_TOKEN];

        if (starts_with(token, "name-") && parse_uint(token + 5, UINT32_MAX, &domid))
            for (size_t i = 0; i < sampler->count; i++)
                if (sampler->known[i].domid == domid)
                    sampler->known[i].renamed = true;
        free(event);
    }
    if (errno != EAGAIN)
        return error_set_errno(error, ERR_XENSTORE, "xenstore has gone away");
    return 0;
}

/* Notes who has come and who has gone. */
static int compare(struct xen_sampler *sampler, const struct domain_list *list,
                   struct error **error)
{
    for (size_t i = 0; i < sampler->count; i++)
        sampler->known[i].present = false;
    for (size_t i = 0; i < list->count; i++) {
        struct known *known = find_known(sampler, &list->domains[i]);

        if (known)
            known->present = true;
        else if (remember(sampler, &list->domains[i], error) < 0)
            return -1;
    }
    for (size_t i = sampler->count; i-- > 0;)
        if (!sampler->known[i].present)
            forget(sampler, i);
    return 0;
}

struct question {
    struct known *known;
    enum { ASK_NAME, ASK_START, ASK_TYPE } what;
};

static void note_answer(const struct question *question, char *text)
{
    struct known *known = question->known;

    switch (question->what) {
    case ASK_NAME:
        free(known->name);
        known->name = text;
        known->renamed = false;
        known->asked = known->name != NULL; /* one that is being built gets its name later */
        return;
    case ASK_START:
        if (text)
            text[strcspn(text, ".")] = '\0';
        if (!text || !parse_uint(text, UINT32_MAX, &known->start_s))
            known->start_s = 0;
        break;
    case ASK_TYPE:
        known->pvh = text && strcmp(text, "pvh") == 0;
        break;
    }
    free(text);
}

static void ask(struct string_list *paths, struct question *questions, struct known *known,
                int what, char *path)
{
    questions[paths->count] = (struct question){ .known = known, .what = what };
    string_list_take(paths, path);
}

static int ask_unknown(struct xen_sampler *sampler, struct error **error)
{
    auto_free struct question *questions = xcalloc(sampler->count * 3, sizeof(*questions));
    auto_free char **texts = xcalloc(sampler->count * 3, sizeof(*texts));
    auto_string_list paths = STRING_LIST_INIT;

    for (size_t i = 0; i < sampler->count; i++) {
        struct known *known = &sampler->known[i];

        if (known->renamed || !known->asked)
            ask(&paths, questions, known, ASK_NAME, name_path(known->domid));
        if (known->asked)
            continue;
        ask(&paths, questions, known, ASK_START, xasprintf("/vm/%s/start_time", known->uuid));
        ask(&paths, questions, known, ASK_TYPE, xasprintf("/libxl/%u/type", known->domid));
    }
    if (paths.count == 0)
        return 0;
    if (xen_store_read_many(sampler->host, (const char *const *)paths.items, paths.count, texts,
                            error) < 0)
        return -1;
    for (size_t i = 0; i < paths.count; i++)
        note_answer(&questions[i], texts[i]);
    return 0;
}

static int fill_host(struct xen_sampler *sampler, struct sample *sample, struct error **error)
{
    libxl_ctx *ctx = xen_ctx(sampler->host);
    const libxl_version_info *version = libxl_get_version_info(ctx);
    uint64_t kib_per_page = version ? (uint64_t)version->pagesize / 1024 : 0;
    libxl_physinfo physical;
    int rc;

    if (!version)
        return xen_error(sampler->host, error, ERROR_FAIL,
                         "cannot ask the hypervisor for its version");
    libxl_physinfo_init(&physical);
    rc = libxl_get_physinfo(ctx, &physical);
    sample->cpus = physical.nr_cpus;
    sample->memory_kib = physical.total_pages * kib_per_page;
    sample->free_memory_kib = physical.free_pages * kib_per_page;
    sample->scrub_memory_kib = physical.scrub_pages * kib_per_page;
    libxl_physinfo_dispose(&physical);
    if (rc)
        return xen_error(sampler->host, error, rc, "cannot ask the hypervisor about the machine");
    sample->xen_version = xasprintf("%d.%d%s", version->xen_version_major,
                                    version->xen_version_minor, version->xen_version_extra);
    if (!sampler->scheduler) {
        int scheduler = libxl_get_scheduler(ctx);

        if (scheduler >= 0)
            sampler->scheduler = xstrdup(libxl_scheduler_to_string((libxl_scheduler)scheduler));
    }
    sample->scheduler = xstrdup(sampler->scheduler);
    return 0;
}

static void fill_vcpus(struct xen_host *host, struct domain_sample *sample)
{
    int count = 0, cpus;
    libxl_vcpuinfo *list = libxl_list_vcpu(xen_ctx(host), sample->domain.domid, &count, &cpus);

    if (!list)
        return;
    sample->vcpus = xcalloc((size_t)count, sizeof(*sample->vcpus));
    sample->vcpu_count = (size_t)count;
    for (int i = 0; i < count; i++)
        sample->vcpus[i] = (struct vcpu_sample){
            .number = list[i].vcpuid,
            .cpu = list[i].cpu,
            .online = list[i].online,
            .blocked = list[i].blocked,
            .running = list[i].running,
            .cpu_time_ns = list[i].vcpu_time,
        };
    libxl_vcpuinfo_list_free(list, count);
}

static void fill_domains(struct xen_sampler *sampler, struct domain_list *list,
                         struct sample *sample)
{
    sample->domains = xcalloc(list->count, sizeof(*sample->domains));
    sample->count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        struct domain *domain = &sample->domains[i].domain;
        const struct known *known = find_known(sampler, &list->domains[i]);

        *domain = list->domains[i];
        list->domains[i] = (struct domain){ 0 };
        domain->name = xstrdup(known->name);
        if (known->pvh)
            domain->type = "pvh";
        sample->domains[i].start_s = known->start_s;
    }
}

static uint64_t clock_ns(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

int xen_sampler_take(struct xen_sampler *sampler, unsigned details, struct sample *ret_sample,
                     struct error **error)
{
    auto_sample sample = { 0 };
    auto_domain_list list = { NULL, 0 };

    xen_log_forget(sampler->host);
    if (take_renames(sampler, error) < 0 || xen_domain_list(sampler->host, 0, &list, error) < 0)
        return -1;
    sample.taken_ns = clock_ns(CLOCK_MONOTONIC);
    sample.time_ms = clock_ns(CLOCK_REALTIME) / 1000000;
    if (fill_host(sampler, &sample, error) < 0 || compare(sampler, &list, error) < 0 ||
        ask_unknown(sampler, error) < 0)
        return -1;
    fill_domains(sampler, &list, &sample);
    if (details & SAMPLE_DEVICES)
        xen_counters_fill("", &sample);
    for (size_t i = 0; (details & SAMPLE_VCPUS) && i < sample.count; i++)
        fill_vcpus(sampler->host, &sample.domains[i]);
    *ret_sample = sample;
    sample = (struct sample){ 0 };
    return 0;
}
