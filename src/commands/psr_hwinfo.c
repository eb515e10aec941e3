/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn psr-hwinfo: what the CPUs can do about cache and memory bandwidth. */
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "out/message.h"
#include "xen/psr.h"

struct psr_hwinfo_args {
    bool cmt, cat, mba;
};

struct report {
    const struct env *env;
    struct xen_host *host;
    struct psr_feature_list features;
    struct str text;
    struct error *error; /* the first */
};

static void report_release(struct report *report)
{
    psr_feature_list_release(&report->features);
    str_release(&report->text);
    error_clear(&report->error);
}

/* What is not there is told, and the rest shown. */
static void add_kind(struct report *report, enum psr_feature_kind kind)
{
    auto_error problem = NULL;

    if (xen_psr_features(report->host, kind, &report->features, &problem) == 0) {
        psr_feature_text(kind, &report->features, &report->text);
        return;
    }
    if (!report->error)
        report->error = TAKE(problem);
}

static int print(const struct report *report, struct error **error)
{
    const struct env *env = report->env;
    auto_free const void **rows = xcalloc(report->features.count, sizeof(*rows));
    struct listing listing = { .table = &psr_feature_columns, .rows = rows };

    if (env->output.format == FORMAT_DEFAULT && !env->output.columns.count &&
        !env->output.filters.count && !env->output.sort.count)
        return output_text(env->out, str_text(&report->text), report->text.length, error);
    for (; listing.count < report->features.count; listing.count++)
        rows[listing.count] = &report->features.features[listing.count];
    return listing_print(&listing, &env->output, env->out, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct psr_hwinfo_args *args = data;
    bool all = !args->cmt && !args->cat && !args->mba;
    auto_xen_host *host = NULL;
    __attribute__((cleanup(report_release))) struct report report = { .env = env };

    if (common_open_host(env, &host, error) < 0)
        return -1;
    report.host = host;
    if (all || args->cmt)
        add_kind(&report, PSR_CMT);
    if (all || args->cat) {
        add_kind(&report, PSR_L3_CAT);
        add_kind(&report, PSR_L2_CAT);
    }
    if (all || args->mba)
        add_kind(&report, PSR_MBA);
    if (print(&report, error) < 0)
        return -1;
    return report.error ? error_move(error, TAKE(report.error)) : 0;
}

static const struct option_spec options[] = {
    OPTION_FLAG('m', "cmt", struct psr_hwinfo_args, cmt, "monitoring of cache and bandwidth only"),
    OPTION_FLAG('a', "cat", struct psr_hwinfo_args, cat, "allocation of cache only"),
    OPTION_FLAG('b', "mba", struct psr_hwinfo_args, mba, "allocation of memory bandwidth only"),
    OPTION_END,
};

static const struct example examples[] = {
    { "psr-hwinfo", "everything, in xl's layout" },
    { "psr-hwinfo --cat --json", "about the allocation of cache, as JSON" },
    { NULL, NULL },
};

const struct command cmd_psr_hwinfo = {
    .name = "psr-hwinfo",
    .group = GROUP_RESOURCES,
    .summary = "show what the CPUs can do to share cache and bandwidth",
    .description =
        "Intel calls it Resource Director Technology. Xen uses it when it is booted with\n"
        "psr=cmt,cat,cdp,mba or some of these.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = options,
    .args_size = sizeof(struct psr_hwinfo_args),
    .columns = &psr_feature_columns,
    .run = run,
};
