/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn sched-rtds: guaranteed CPU time, for each CPU of a guest. */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/registry.h"
#include "commands/sched_listing.h"
#include "xen/sched.h"

struct rtds_args {
    const char *domain, *pool;
    struct string_list vcpus, periods, budgets, extratimes;
};

static bool is_all(const struct rtds_args *args)
{
    return string_list_has(&args->vcpus, "all");
}

static bool changes(const struct rtds_args *args)
{
    return args->periods.count || args->budgets.count || args->extratimes.count;
}

/* The n-th use of an option; SCHED_KEEP when it was not used. */
static uint64_t nth(const struct string_list *list, size_t n)
{
    uint64_t value;

    return n < list->count && parse_uint(list->items[n], INT32_MAX, &value) ? value : SCHED_KEEP;
}

static struct sched_change nth_change(const struct rtds_args *args, size_t n)
{
    struct sched_change change = SCHED_CHANGE_NONE;

    change.period_us = nth(&args->periods, n);
    change.budget_us = nth(&args->budgets, n);
    change.extratime = nth(&args->extratimes, n);
    return change;
}

static int check_count(const struct rtds_args *args, const struct string_list *list,
                       const char *option, struct error **error)
{
    if (list->count == 0 || list->count == args->vcpus.count)
        return 0;
    return error_set(error, ERR_USAGE, "%s is given %zu time%s for %zu CPU%s", option, list->count,
                     list->count == 1 ? "" : "s", args->vcpus.count,
                     args->vcpus.count == 1 ? "" : "s");
}

static int check_change(const struct env *env, const struct rtds_args *args, struct error **error)
{
    if (!args->domain) {
        error_set(error, ERR_USAGE, "whose period, budget or extra time shall change?");
        return error_hint(error, "name a domain with --domain");
    }
    if (args->vcpus.count == 0) {
        error_set(error, ERR_USAGE, "which CPU of '%s' shall change?", args->domain);
        return error_hint(error, "name it with --vcpuid, or all of them with --vcpuid=all");
    }
    if (check_count(args, &args->periods, "--period", error) < 0 ||
        check_count(args, &args->budgets, "--budget", error) < 0 ||
        check_count(args, &args->extratimes, "--extratime", error) < 0)
        return -1;
    for (size_t i = 0; i < args->vcpus.count; i++) {
        struct sched_change change = nth_change(args, i);

        if (sched_change_check(SCHED_RTDS, &change, error) < 0)
            return -1;
    }
    return common_check_no_rows(env, "a change", error);
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct rtds_args *args = data;

    if (args->pool && (args->domain || args->vcpus.count || changes(args)))
        return error_set(error, ERR_USAGE, "--cpupool goes with no other option of this command");
    if (is_all(args) && args->vcpus.count > 1)
        return error_set(error, ERR_USAGE, "--vcpuid=all stands for all CPUs: name no others");
    if (args->vcpus.count && !is_all(args) && !args->domain) {
        error_set(error, ERR_USAGE, "CPU %s of which domain?", args->vcpus.items[0]);
        return error_hint(error, "name it with --domain");
    }
    return changes(args) ? check_change(env, args, error) : 0;
}

static int set(const struct env *env, struct xen_host *host, const struct rtds_args *args,
               struct error **error)
{
    auto_free struct sched_vcpu_change *list = xcalloc(args->vcpus.count, sizeof(*list));
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome = common_domain(host, "sched-rtds", args->domain, &outcomes);
    struct sched_change first = nth_change(args, 0);

    for (size_t i = 0; i < args->vcpus.count; i++)
        list[i] = (struct sched_vcpu_change){ (uint32_t)nth(&args->vcpus, i), nth_change(args, i) };
    if (!outcome->error && is_all(args))
        (void)xen_sched_set_all_vcpus(host, &outcome->domain, &first, &outcome->error);
    else if (!outcome->error)
        (void)xen_sched_set_vcpus(host, &outcome->domain, list, args->vcpus.count, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct rtds_args *args = data;
    auto_free uint32_t *only = xcalloc(args->vcpus.count, sizeof(*only));
    auto_xen_host *host = NULL;
    struct sched_show show = {
        .kind = SCHED_RTDS,
        .command = "sched-rtds",
        .pool = args->pool,
        .domain = args->domain,
        .vcpus = args->vcpus.count > 0,
        .only = args->vcpus.count && !is_all(args) ? only : NULL,
        .only_count = is_all(args) ? 0 : args->vcpus.count,
    };

    for (size_t i = 0; i < show.only_count; i++)
        only[i] = (uint32_t)nth(&args->vcpus, i);
    if (common_open_host(env, &host, error) < 0)
        return -1;
    return changes(args) ? set(env, host, args, error) : sched_show(env, host, &show, error);
}

static const struct option_spec options[] = {
    OPTION_TEXT('d', "domain", struct rtds_args, domain, KIND_DOMAIN, NULL,
                "show or change this domain"),
    OPTION_LIST('v', "vcpuid", struct rtds_args, vcpus, KIND_VCPU, NULL,
                "this CPU of it, or 'all'; may be repeated"),
    OPTION_LIST('p', "period", struct rtds_args, periods, KIND_UINT, "US",
                "how often it gets its budget; once for each CPU"),
    OPTION_LIST('b', "budget", struct rtds_args, budgets, KIND_UINT, "US",
                "CPU time that it gets in each period; once for each CPU"),
    OPTION_LIST('e', "extratime", struct rtds_args, extratimes, KIND_UINT, "0|1",
                "whether it may use time that is left over; once for each CPU"),
    OPTION_TEXT('c', "cpupool", struct rtds_args, pool, KIND_POOL, NULL, "only this CPU pool"),
    OPTION_END,
};

static const struct example examples[] = {
    { "sched-rtds -v all", "of every CPU of every domain under this scheduler" },
    { "sched-rtds -d web -v all -p 10000 -b 2500", "a quarter of a CPU for each CPU of web" },
    { "sched-rtds -d web -v 0 -b 4000 -v 1 -b 1000", "two CPUs of web, each as it needs" },
    { NULL, NULL },
};

const struct command cmd_sched_rtds = {
    .name = "sched-rtds",
    .group = GROUP_RESOURCES,
    .summary = "show or change guaranteed CPU time under the scheduler rtds",
    .description =
        "What is not given stays as it is. Without --vcpuid the numbers are those that new\n"
        "CPUs get, not those that the CPUs of the domain have. CPU pools that have another\n"
        "scheduler are left out.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_LISTS,
    .options = options,
    .args_size = sizeof(struct rtds_args),
    .columns = &sched_rtds_columns,
    .check = check,
    .run = run,
};
