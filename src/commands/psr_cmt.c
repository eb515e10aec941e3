/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn psr-cmt-attach, psr-cmt-detach and psr-cmt-show: cache and bandwidth that domains use. */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/psr.h"

struct psr_cmt_args {
    const char *monitor, *domain;
};

static int change(struct env *env, const struct psr_cmt_args *args, const char *action,
                  int (*verb)(struct xen_host *host, const struct domain *domain,
                              struct error **error),
                  struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = common_domain(host, action, args->domain, &outcomes);
    if (!outcome->error)
        (void)verb(host, &outcome->domain, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static int run_attach(struct env *env, void *data, struct error **error)
{
    return change(env, data, "psr-cmt-attach", xen_psr_attach, error);
}

static int run_detach(struct env *env, void *data, struct error **error)
{
    return change(env, data, "psr-cmt-detach", xen_psr_detach, error);
}

static enum psr_monitor_kind kind_of(const char *word)
{
    enum psr_monitor_kind kind = PSR_CACHE_OCCUPANCY;

    while (xen_psr_monitors[kind + 1] && strcmp(word, xen_psr_monitors[kind]) != 0)
        kind++;
    return kind;
}

static int print(const struct env *env, const struct psr_monitor *monitor,
                 const struct psr_value_list *values, struct error **error)
{
    auto_free const void **rows = xcalloc(values->count, sizeof(*rows));
    struct listing listing = { .table = &psr_cmt_columns, .rows = rows };
    auto_str text = STR_INIT;

    if (env->output.format == FORMAT_DEFAULT && !env->output.columns.count &&
        !env->output.filters.count && !env->output.sort.count) {
        psr_monitor_text(monitor, values, &text);
        return output_text(env->out, str_text(&text), text.length, error);
    }
    for (; listing.count < values->count; listing.count++)
        rows[listing.count] = &values->values[listing.count];
    return listing_print(&listing, &env->output, env->out, error);
}

static int choose(struct xen_host *host, const struct psr_cmt_args *args,
                  struct domain_list *domains, struct error **error)
{
    if (!args->domain)
        return xen_domain_list(host, DETAIL_NAMES, domains, error);
    domains->domains = xcalloc(1, sizeof(*domains->domains));
    if (xen_domain_find(host, args->domain, domains->domains, error) < 0)
        return -1;
    domains->count = 1;
    if (xen_psr_is_attached(host, domains->domains))
        return 0;
    error_set(error, ERR_FAILED, "domain %u is not monitored", domains->domains->domid);
    return error_hint(error, "'xn psr-cmt-attach' begins it");
}

static int run_show(struct env *env, void *data, struct error **error)
{
    const struct psr_cmt_args *args = data;
    enum psr_monitor_kind kind = kind_of(args->monitor);
    auto_xen_host *host = NULL;
    auto_domain_list domains = { NULL, 0 };
    auto_psr_value_list values = { NULL, 0 };
    auto_free uint32_t *sockets = NULL, *caches = NULL;
    struct psr_monitor monitor;

    if (common_open_host(env, &host, error) < 0 ||
        xen_psr_monitor_open(host, kind, &monitor, &sockets, &caches, error) < 0 ||
        choose(host, args, &domains, error) < 0)
        return -1;
    for (size_t i = 0; i < domains.count; i++)
        if (xen_psr_is_attached(host, &domains.domains[i]))
            xen_psr_sample(host, &domains.domains[i], kind, &monitor, &values);
    return print(env, &monitor, &values, error);
}

static const struct argument_spec domain_arguments[] = {
    ARGUMENT("DOMAIN", struct psr_cmt_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_END,
};

static const struct argument_spec show_arguments[] = {
    ARGUMENT_WORD("MONITOR", struct psr_cmt_args, monitor, xen_psr_monitors,
                  "cache-occupancy, total-mem-bandwidth or local-mem-bandwidth"),
    ARGUMENT_OPTIONAL("DOMAIN", struct psr_cmt_args, domain, KIND_DOMAIN,
                      "name, domid or UUID; all that are monitored when none is named"),
    ARGUMENT_END,
};

static const struct example attach_examples[] = {
    { "psr-cmt-attach web", "monitor web from now on" },
    { NULL, NULL },
};

static const struct example detach_examples[] = {
    { "psr-cmt-detach web", "no longer" },
    { NULL, NULL },
};

static const struct example show_examples[] = {
    { "psr-cmt-show cache-occupancy", "how much L3 cache each monitored domain fills" },
    { "psr-cmt-show total-mem-bandwidth web --json", "of one, as JSON" },
    { NULL, NULL },
};

const struct command cmd_psr_cmt_attach = {
    .name = "psr-cmt-attach",
    .group = GROUP_RESOURCES,
    .summary = "begin to monitor the cache and bandwidth that a domain uses",
    .examples = attach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = domain_arguments,
    .args_size = sizeof(struct psr_cmt_args),
    .columns = &outcome_columns,
    .run = run_attach,
};

const struct command cmd_psr_cmt_detach = {
    .name = "psr-cmt-detach",
    .group = GROUP_RESOURCES,
    .summary = "stop monitoring the cache and bandwidth that a domain uses",
    .examples = detach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = domain_arguments,
    .args_size = sizeof(struct psr_cmt_args),
    .columns = &outcome_columns,
    .run = run_detach,
};

const struct command cmd_psr_cmt_show = {
    .name = "psr-cmt-show",
    .group = GROUP_RESOURCES,
    .summary = "show the cache or bandwidth that domains use",
    .examples = show_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = show_arguments,
    .args_size = sizeof(struct psr_cmt_args),
    .columns = &psr_cmt_columns,
    .run = run_show,
};
