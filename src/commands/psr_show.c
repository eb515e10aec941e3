/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn psr-cat-show and xn psr-mba-show: the limits of cache and memory bandwidth that are set. */
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/psr.h"

struct psr_show_args {
    uint64_t level;
    struct string_list domains;
};

struct limits {
    struct psr_feature_list features;
    struct psr_value_list values;
};

static void limits_release(struct limits *limits)
{
    psr_feature_list_release(&limits->features);
    psr_value_list_release(&limits->values);
}

static void prepare(void *data)
{
    ((struct psr_show_args *)data)->level = 3;
}

static int check_cat(const struct env *env, void *data, struct error **error)
{
    const struct psr_show_args *args = data;

    (void)env;
    if (args->level == 2 || args->level == 3)
        return 0;
    return error_set(error, ERR_USAGE, "option '--level': a cache has the level 2 or 3, not %llu",
                     (unsigned long long)args->level);
}

static int print(const struct env *env, const struct column_table *table,
                 const struct limits *limits, struct error **error)
{
    auto_free const void **rows = xcalloc(limits->values.count, sizeof(*rows));
    struct listing listing = { .table = table, .rows = rows };
    auto_str text = STR_INIT;

    if (env->output.format == FORMAT_DEFAULT && !env->output.columns.count &&
        !env->output.filters.count && !env->output.sort.count) {
        for (size_t i = 0; i < limits->features.count; i++)
            psr_limit_text(&limits->features.features[i], &limits->values, &text);
        return output_text(env->out, str_text(&text), text.length, error);
    }
    for (; listing.count < limits->values.count; listing.count++)
        rows[listing.count] = &limits->values.values[listing.count];
    return listing_print(&listing, &env->output, env->out, error);
}

static int show(struct env *env, const struct psr_show_args *args, const char *command,
                enum psr_feature_kind kind, const struct column_table *table, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_domain_list list = { NULL, 0 };
    auto_free const struct domain **chosen = NULL;
    __attribute__((cleanup(limits_release))) struct limits limits = { .values = { NULL, 0 } };
    enum status status = STATUS_DONE;
    size_t count;

    if (common_open_host(env, &host, error) < 0 ||
        xen_psr_features(host, kind, &limits.features, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    chosen = xcalloc(list.count + args->domains.count, sizeof(*chosen));
    count = common_choose(env, command, &args->domains, &list, chosen, &status);
    if (args->domains.count && count == 0)
        return (int)status;
    for (size_t i = 0; i < limits.features.count; i++)
        for (size_t j = 0; j < count; j++)
            xen_psr_get(host, chosen[j], &limits.features.features[i], &limits.values);
    return print(env, table, &limits, error) < 0 ? -1 : (int)status;
}

static int run_cat(struct env *env, void *data, struct error **error)
{
    const struct psr_show_args *args = data;

    return show(env, args, "psr-cat-show", args->level == 2 ? PSR_L2_CAT : PSR_L3_CAT,
                &psr_cat_columns, error);
}

static int run_mba(struct env *env, void *data, struct error **error)
{
    return show(env, data, "psr-mba-show", PSR_MBA, &psr_mba_columns, error);
}

static const struct option_spec cat_options[] = {
    OPTION_NUMBER('l', "level", struct psr_show_args, level, KIND_UINT, "LEVEL",
                  "of the cache: 2 or 3 (3)"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct psr_show_args, domains, KIND_DOMAIN,
                       "names, domids or UUIDs; all when none is named"),
    ARGUMENT_END,
};

static const struct example cat_examples[] = {
    { "psr-cat-show", "the masks of the L3 cache, in xl's layout" },
    { "psr-cat-show -l 2 web --json", "of the L2 cache and one domain, as JSON" },
    { NULL, NULL },
};

static const struct example mba_examples[] = {
    { "psr-mba-show", "of all domains, in xl's layout" },
    { "psr-mba-show web --json", "of one, as JSON" },
    { NULL, NULL },
};

const struct command cmd_psr_cat_show = {
    .name = "psr-cat-show",
    .group = GROUP_RESOURCES,
    .summary = "show which portions of the cache domains may fill",
    .examples = cat_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = cat_options,
    .arguments = arguments,
    .args_size = sizeof(struct psr_show_args),
    .columns = &psr_cat_columns,
    .prepare = prepare,
    .check = check_cat,
    .run = run_cat,
};

const struct command cmd_psr_mba_show = {
    .name = "psr-mba-show",
    .group = GROUP_RESOURCES,
    .summary = "show how the memory bandwidth of domains is held back",
    .examples = mba_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = arguments,
    .args_size = sizeof(struct psr_show_args),
    .columns = &psr_mba_columns,
    .run = run_mba,
};
