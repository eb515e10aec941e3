/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn adopt: hands running guests to xn's supervisor. */
#include "base/clock.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "supervise/daemon.h"
#include "xen/domain.h"
#include "xen/mark.h"
#include "xen/xl_monitor.h"

struct adopt_args {
    bool take_over;
    struct string_list domains;
};

/* While xl's process is held: xl, too, acts only once the guest has shut down, and then it must not
 * be ended in the middle of that. */
static int check_quiet(struct xen_host *host, const struct domain *domain, struct error **error)
{
    struct domain now = { 0 };
    int result = xen_domain_verify(host, domain, error);

    if (result == 0)
        result = xen_domain_get(host, domain->domid, &now, error);
    if (result == 0 && domain_has_ended(&now)) {
        result = error_set(error, ERR_REFUSED, "domain %u has shut down and xl is acting on it",
                           domain->domid);
        error_hint(error, "try again when it runs again");
    }
    domain_release(&now);
    return result;
}

static int take_over(struct xen_host *host, pid_t monitor, const struct domain *domain,
                     struct error **error)
{
    xl_monitor_hold(monitor);
    if (check_quiet(host, domain, error) == 0)
        return xl_monitor_end(monitor, error);
    xl_monitor_release(monitor);
    return -1;
}

/* A guest is never looked after by two. */
static int end_other(struct xen_host *host, const struct adopt_args *args,
                     const struct domain *domain, struct error **error)
{
    pid_t monitor = xl_monitor_find(domain->domid);

    if (!monitor)
        return 0;
    if (args->take_over)
        return take_over(host, monitor, domain, error);
    error_set(error, ERR_REFUSED, "xl looks after domain %u (process %ld)", domain->domid,
              (long)monitor);
    return error_hint(error, "--take-over ends that process first; the guest runs on");
}

static int adopt(struct xen_host *host, const struct adopt_args *args, const struct domain *domain,
                 struct error **error)
{
    if (domain->dying)
        return error_set(error, ERR_REFUSED, "domain %u is just being destroyed", domain->domid);
    /* A mark for a domain that is gone would stay in xenstore for ever. */
    if (end_other(host, args, domain, error) < 0 || xen_domain_verify(host, domain, error) < 0 ||
        xen_mark_set(host, domain->domid, domain->uuid, error) < 0)
        return -1;
    return daemon_ensure(error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct adopt_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };

    if (common_open_host(env, &host, error) < 0 ||
        common_targets(host, "adopt", &args->domains, false, &outcomes, error) < 0)
        return -1;
    for (size_t i = 0; i < outcomes.count; i++) {
        struct outcome *outcome = &outcomes.items[i];
        uint64_t started_ms = clock_ms();

        if (!outcome->error)
            (void)adopt(host, args, &outcome->domain, &outcome->error);
        outcome->result = "done";
        outcome->duration_ms = clock_ms() - started_ms;
    }
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG(0, "take-over", struct adopt_args, take_over,
                "end the process of xl that looks after the guest now"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS("DOMAIN", struct adopt_args, domains, KIND_DOMAIN, "names, domids or UUIDs"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "adopt web", "look after a guest that was created with -e" },
    { "adopt --take-over web", "also when xl made it and looks after it" },
    { NULL, NULL },
};

const struct command cmd_adopt = {
    .name = "adopt",
    .group = GROUP_SUPERVISION,
    .summary = "hand running guests to the supervisor",
    .description = "From then on the supervisor does what the guest's on_* keys say when it\n"
                   "reboots, crashes or powers off; also at once for one that has shut down\n"
                   "already.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct adopt_args),
    .columns = &outcome_columns,
    .run = run,
};
