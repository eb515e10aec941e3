/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vcpu-pin: on which CPUs of the host those of a domain may run. */
#include <libxl_utils.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "config/cpulist.h"
#include "out/listing.h"
#include "xen/bitmap.h"
#include "xen/facts.h"
#include "xen/vcpu.h"

struct vcpu_pin_args {
    bool force, ignore_masks;
    const char *domain, *vcpu, *hard, *soft;
};

struct affinity {
    libxl_bitmap hard, soft;
    bool has_hard, has_soft;
    unsigned cpus; /* of the host */
};

static bool is_kept(const char *word)
{
    return !word || strcmp(word, "-") == 0;
}

static int check_cpus(const char *what, const char *word, struct error **error)
{
    if (is_kept(word) || cpu_list_check(word, error) == 0)
        return 0;
    return error_wrap(error, "%s", what);
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct vcpu_pin_args *args = data;

    (void)env;
    if (check_cpus("HARD", args->hard, error) < 0 || check_cpus("SOFT", args->soft, error) < 0)
        return -1;
    if (is_kept(args->hard) && is_kept(args->soft)) {
        error_set(error, ERR_USAGE, "nothing is to be changed: '-' leaves an affinity as it is");
        return error_hint(error, "name CPUs for HARD or for SOFT");
    }
    if (args->force && strcmp(args->vcpu, "all") == 0) {
        error_set(error, ERR_USAGE, "--force and 'all' exclude each other");
        return error_hint(error, "name one CPU of the domain");
    }
    return 0;
}

static libxl_domain_type type_of(const struct domain *domain)
{
    if (!domain->type)
        return LIBXL_DOMAIN_TYPE_INVALID;
    return strcmp(domain->type, "pv") == 0    ? LIBXL_DOMAIN_TYPE_PV
           : strcmp(domain->type, "pvh") == 0 ? LIBXL_DOMAIN_TYPE_PVH
                                              : LIBXL_DOMAIN_TYPE_HVM;
}

/* The CPUs that xl.conf allows to no guest are no part of a hard affinity. */
static int apply_masks(const struct env *env, const struct domain *domain,
                       const struct host_facts *facts, libxl_bitmap *hard, struct error **error)
{
    auto_host_config host_config = { 0 };
    libxl_bitmap mask;
    int result;

    if (common_host_config(env, &host_config, error) < 0)
        return -1;
    result = config_cpu_mask(type_of(domain), &host_config, facts, &mask, error);
    for (unsigned cpu = 0; result == 0 && cpu < facts->cpus; cpu++)
        if (!libxl_bitmap_test(&mask, (int)cpu))
            libxl_bitmap_reset(hard, (int)cpu);
    libxl_bitmap_dispose(&mask);
    if (result == 0 && libxl_bitmap_is_empty(hard)) {
        error_set(error, ERR_FAILED, "the CPU masks of xl.conf leave none of these CPUs");
        result = error_hint(error, "name others, or ignore the masks with -i");
    }
    return result;
}

static int read_affinity(const struct env *env, struct xen_host *host,
                         const struct vcpu_pin_args *args, const struct domain *domain,
                         struct affinity *affinity, struct error **error)
{
    struct host_facts facts;

    if (xen_host_facts(host, &facts, error) < 0)
        return -1;
    affinity->cpus = facts.cpus;
    affinity->has_hard = !is_kept(args->hard);
    affinity->has_soft = !is_kept(args->soft);
    if (affinity->has_hard) {
        if (cpu_list_parse(args->hard, &facts, &affinity->hard, error) < 0)
            return error_wrap(error, "HARD");
        if (!args->ignore_masks && apply_masks(env, domain, &facts, &affinity->hard, error) < 0)
            return -1;
    }
    if (affinity->has_soft && cpu_list_parse(args->soft, &facts, &affinity->soft, error) < 0)
        return error_wrap(error, "SOFT");
    return 0;
}

/* xl's line, for scripts that try first. */
static int print_dry_run(const struct env *env, const struct affinity *affinity,
                         struct error **error)
{
    auto_free char *hard =
        affinity->has_hard ? bitmap_text(&affinity->hard, (int)affinity->cpus) : xstrdup("-");
    auto_free char *soft =
        affinity->has_soft ? bitmap_text(&affinity->soft, (int)affinity->cpus) : NULL;
    auto_free char *text = xasprintf("cpumap: %s%s%s\n", hard, soft ? " " : "", soft ? soft : "");

    if (env->output.format == FORMAT_JSON)
        return 0;
    return output_text(env->out, text, strlen(text), error);
}

static int pin(const struct env *env, struct xen_host *host, const struct vcpu_pin_args *args,
               struct outcome *outcome, struct error **error)
{
    struct affinity affinity = { .has_hard = false };
    struct xen_vcpu_pin change = { .vcpu = XEN_VCPU_ALL, .force = args->force };
    uint64_t vcpu;
    int result;

    libxl_bitmap_init(&affinity.hard);
    libxl_bitmap_init(&affinity.soft);
    if (parse_uint(args->vcpu, INT32_MAX, &vcpu))
        change.vcpu = (uint32_t)vcpu;
    result = read_affinity(env, host, args, &outcome->domain, &affinity, error);
    change.hard = affinity.has_hard ? &affinity.hard : NULL;
    change.soft = affinity.has_soft ? &affinity.soft : NULL;
    if (result == 0 && env->dry_run) {
        outcome->result = "would-do";
        result = print_dry_run(env, &affinity, error);
    } else if (result == 0) {
        result = xen_vcpu_set_affinity(host, &outcome->domain, &change, error);
    }
    libxl_bitmap_dispose(&affinity.hard);
    libxl_bitmap_dispose(&affinity.soft);
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct vcpu_pin_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = common_domain(host, "vcpu-pin", args->domain, &outcomes);
    if (!outcome->error)
        (void)pin(env, host, args, outcome, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('f', "force", struct vcpu_pin_args, force,
                "override a CPU that the host itself has tied for a while"),
    OPTION_FLAG('i', "ignore-global-affinity-masks", struct vcpu_pin_args, ignore_masks,
                "also CPUs that the masks of xl.conf take out"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct vcpu_pin_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("VCPU", struct vcpu_pin_args, vcpu, KIND_VCPU, "which CPU of the domain, or 'all'"),
    ARGUMENT("HARD", struct vcpu_pin_args, hard, KIND_CPUS,
             "CPUs of the host that it may run on; '-' leaves them as they are"),
    ARGUMENT_OPTIONAL("SOFT", struct vcpu_pin_args, soft, KIND_CPUS,
                      "CPUs that it runs on if it can; '-' leaves them as they are"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "vcpu-pin web 0 2", "CPU 0 of web runs on CPU 2 of the host only" },
    { "vcpu-pin web all node:1", "all of web on the NUMA node 1" },
    { "vcpu-pin web all - 0-3", "it prefers four CPUs, and may run elsewhere" },
    { "vcpu-pin web all all", "everywhere again" },
    { NULL, NULL },
};

const struct command cmd_vcpu_pin = {
    .name = "vcpu-pin",
    .group = GROUP_RESOURCES,
    .summary = "tie the CPUs of a domain to CPUs of the host",
    .description =
        "CPUs of the host are written as '0-3,^2,node:1' or 'all'. With 'xn -N' it says\n"
        "which CPUs that makes and changes nothing.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_DRY_RUN,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct vcpu_pin_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
