/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn sched-credit and xn sched-credit2: shares of CPU time. */
#include "base/clock.h"
#include "commands/registry.h"
#include "commands/sched_listing.h"
#include "xen/sched.h"

struct credit_args {
    bool parameters;
    const char *domain, *pool;
    uint64_t weight, cap, tslice_ms, ratelimit_us, migration_delay_us;
};

static void prepare(void *data)
{
    struct credit_args *args = data;

    args->weight = args->cap = SCHED_KEEP;
    args->tslice_ms = args->ratelimit_us = args->migration_delay_us = SCHED_KEEP;
}

static struct sched_change change_of(const struct credit_args *args)
{
    struct sched_change change = SCHED_CHANGE_NONE;

    change.weight = args->weight;
    change.cap = args->cap;
    change.tslice_ms = args->tslice_ms;
    change.ratelimit_us = args->ratelimit_us;
    change.migration_delay_us = args->migration_delay_us;
    return change;
}

static int check_combination(const struct env *env, const struct credit_args *args,
                             const struct sched_change *change, struct error **error)
{
    bool on_domain = args->domain || sched_change_domain(change);

    if (on_domain && (args->parameters || args->pool))
        return error_set(error, ERR_USAGE,
                         "options of a domain and those of a CPU pool exclude each other");
    if (sched_change_domain(change) && !args->domain) {
        error_set(error, ERR_USAGE, "whose weight or cap shall change?");
        return error_hint(error, "name a domain with --domain");
    }
    if (sched_change_pool(change) && !args->parameters) {
        error_set(error, ERR_USAGE, "parameters of a CPU pool are changed with --schedparam only");
        return error_hint(error, "add -s, and the pool with -p");
    }
    if (sched_change_domain(change) || sched_change_pool(change))
        return common_check_no_rows(env, "a change", error);
    return 0;
}

static int check_both(const struct env *env, const struct credit_args *args, enum sched_kind kind,
                      struct error **error)
{
    struct sched_change change = change_of(args);

    if (check_combination(env, args, &change, error) < 0)
        return -1;
    return sched_change_check(kind, &change, error);
}

static int check_credit(const struct env *env, void *data, struct error **error)
{
    return check_both(env, data, SCHED_CREDIT, error);
}

static int check_credit2(const struct env *env, void *data, struct error **error)
{
    return check_both(env, data, SCHED_CREDIT2, error);
}

static int set_domain(const struct env *env, struct xen_host *host, const struct credit_args *args,
                      enum sched_kind kind, const char *command, struct error **error)
{
    struct sched_change change = change_of(args);
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome = common_domain(host, command, args->domain, &outcomes);

    if (!outcome->error)
        (void)xen_sched_set(host, kind, &outcome->domain, &change, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static int run_both(const struct env *env, const struct credit_args *args, enum sched_kind kind,
                    const char *command, struct error **error)
{
    struct sched_change change = change_of(args);
    auto_xen_host *host = NULL;
    struct sched_show show = {
        .kind = kind,
        .command = command,
        /* As with xl, the parameters are those of pool 0 when none is named. */
        .pool = args->pool         ? args->pool
                : args->parameters ? "0"
                                   : NULL,
        .pools_only = args->parameters,
        .domain = args->domain,
    };

    if (common_open_host_to_ask(env, &host, error) < 0)
        return -1;
    if ((sched_change_domain(&change) || sched_change_pool(&change)) &&
        xen_host_need_libxl(host, error) < 0)
        return -1;
    if (sched_change_domain(&change))
        return set_domain(env, host, args, kind, command, error);
    if (sched_change_pool(&change))
        return sched_set_pool(env, host, kind, command, args->pool, &change, error);
    return sched_show(env, host, &show, error);
}

static int run_credit(struct env *env, void *data, struct error **error)
{
    return run_both(env, data, SCHED_CREDIT, "sched-credit", error);
}

static int run_credit2(struct env *env, void *data, struct error **error)
{
    return run_both(env, data, SCHED_CREDIT2, "sched-credit2", error);
}

#define DOMAIN_OPTIONS                                                                             \
    OPTION_TEXT('d', "domain", struct credit_args, domain, KIND_DOMAIN, NULL,                      \
                "show or change this domain"),                                                     \
        OPTION_NUMBER('w', "weight", struct credit_args, weight, KIND_UINT, "WEIGHT",              \
                      "its share of CPU time, against others': 1 to 65535"),                       \
        OPTION_NUMBER('c', "cap", struct credit_args, cap, KIND_UINT, "CAP",                       \
                      "at most so many hundredths of a CPU; 0: no limit"),                         \
        OPTION_FLAG('s', "schedparam", struct credit_args, parameters,                             \
                    "show or change the parameters of a CPU pool")
#define RATELIMIT_OPTION                                                                           \
    OPTION_NUMBER('r', "ratelimit_us", struct credit_args, ratelimit_us, KIND_UINT, "US",          \
                  "how long a CPU of a guest runs at least; 0: no limit")
#define POOL_OPTION                                                                                \
    OPTION_TEXT('p', "cpupool", struct credit_args, pool, KIND_POOL, NULL, "only this CPU pool")

static const struct option_spec credit_options[] = {
    DOMAIN_OPTIONS,
    OPTION_NUMBER('t', "tslice_ms", struct credit_args, tslice_ms, KIND_UINT, "MS",
                  "how long a CPU of a guest runs at most"),
    RATELIMIT_OPTION,
    OPTION_NUMBER('m', "migration_delay_us", struct credit_args, migration_delay_us, KIND_UINT,
                  "US", "how long after it ran it is not moved to another CPU"),
    POOL_OPTION,
    OPTION_END,
};

static const struct option_spec credit2_options[] = {
    DOMAIN_OPTIONS,
    RATELIMIT_OPTION,
    POOL_OPTION,
    OPTION_END,
};

static const struct example credit_examples[] = {
    { "sched-credit", "of all domains under this scheduler, in xl's layout" },
    { "sched-credit -d web -w 512 -c 150",
      "twice the usual share, but one and a half CPUs at most" },
    { "sched-credit -s -p batch -t 5", "a time slice of 5 ms in the pool batch" },
    { NULL, NULL },
};

static const struct example credit2_examples[] = {
    { "sched-credit2", "of all domains under this scheduler, in xl's layout" },
    { "sched-credit2 -d web -w 512", "twice the usual share" },
    { "sched-credit2 --json --filter 'cap>0'", "those that are limited, as JSON" },
    { "sched-credit2 -s -r 500", "everybody in pool 0 runs for 500 us at least" },
    { NULL, NULL },
};

const struct command cmd_sched_credit = {
    .name = "sched-credit",
    .group = GROUP_RESOURCES,
    .summary = "show or change shares of CPU time under the scheduler credit",
    .description =
        "CPU pools that have another scheduler are left out; 'cpupool-list' shows which\n"
        "one each has.",
    .examples = credit_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_LISTS,
    .options = credit_options,
    .args_size = sizeof(struct credit_args),
    .columns = &sched_credit_columns,
    .prepare = prepare,
    .check = check_credit,
    .run = run_credit,
};

const struct command cmd_sched_credit2 = {
    .name = "sched-credit2",
    .group = GROUP_RESOURCES,
    .summary = "show or change shares of CPU time under the scheduler credit2",
    .description = "credit2 is Xen's default. CPU pools that have another scheduler are left out;\n"
                   "'cpupool-list' shows which one each has.",
    .examples = credit2_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_LISTS,
    .options = credit2_options,
    .args_size = sizeof(struct credit_args),
    .columns = &sched_credit2_columns,
    .prepare = prepare,
    .check = check_credit2,
    .run = run_credit2,
};
