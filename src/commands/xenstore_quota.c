/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn xenstore-quota-get and xenstore-quota-set: how much of xenstore domains may use. */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "model/target.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/newer.h"

struct quota_args {
    bool global;
    const char *domain;       /* of get */
    struct string_list words; /* of set: perhaps DOMAIN, then QUOTA=VALUE ... */
};

static int check_get(const struct env *env, void *data, struct error **error)
{
    const struct quota_args *args = data;

    (void)env;
    if (args->global && args->domain)
        return error_set(error, ERR_USAGE, "-g and '%s' exclude each other", args->domain);
    if (args->global || args->domain)
        return 0;
    error_set(error, ERR_USAGE, "no domain is named");
    return error_hint(error, "name one, or ask for the global quotas with -g");
}

static int run_get(struct env *env, void *data, struct error **error)
{
    const struct quota_args *args = data;
    auto_xen_host *host = NULL;
    auto_domain domain = { 0 };
    auto_quota_list quotas = { NULL, 0 };
    auto_free const void **rows = NULL;
    struct listing listing = { .table = &quota_columns };

    if (common_open_host(env, &host, error) < 0 ||
        (!args->global && xen_domain_find(host, args->domain, &domain, error) < 0) ||
        xen_quota_get(host, args->global ? NULL : &domain, &quotas, error) < 0)
        return -1;
    rows = xcalloc(quotas.count, sizeof(*rows));
    for (; listing.count < quotas.count; listing.count++)
        rows[listing.count] = &quotas.items[listing.count];
    listing.rows = rows;
    listing.xl_count = quota_xl_columns(&listing.xl_columns);
    return listing_print(&listing, &env->output, env->out, error);
}

/* "nodes=1000" to its two parts. */
static int parse_setting(const char *word, char **ret_name, uint32_t *ret_value,
                         struct error **error)
{
    const char *equals = strchr(word, '=');
    uint64_t value;

    if (!equals || equals == word || !parse_uint(equals + 1, UINT32_MAX, &value)) {
        error_set(error, ERR_USAGE, "'%s' is not QUOTA=VALUE", word);
        return error_hint(error, "the names are those of 'xenstore-quota-get', the value is a "
                                 "whole number");
    }
    *ret_name = xstrndup(word, (size_t)(equals - word));
    *ret_value = (uint32_t)value;
    return 0;
}

static int check_set(const struct env *env, void *data, struct error **error)
{
    struct quota_args *args = data;
    size_t first = args->global ? 0 : 1;

    (void)env;
    if (!args->global) {
        struct target target;

        args->domain = args->words.items[0];
        if (target_parse(args->domain, &target, error) < 0)
            return -1;
    }
    if (args->words.count <= first)
        return error_set(error, ERR_USAGE, "no QUOTA=VALUE is given");
    for (size_t i = first; i < args->words.count; i++) {
        auto_free char *name = NULL;
        uint32_t value;

        if (parse_setting(args->words.items[i], &name, &value, error) < 0)
            return -1;
    }
    return 0;
}

static int run_set(struct env *env, void *data, struct error **error)
{
    const struct quota_args *args = data;
    auto_outcome_list outcomes = { NULL, 0 };
    auto_xen_host *host = NULL;
    auto_domain domain = { 0 };

    if (common_open_host(env, &host, error) < 0 ||
        (!args->global && xen_domain_find(host, args->domain, &domain, error) < 0))
        return -1;
    for (size_t i = args->global ? 0 : 1; i < args->words.count; i++) {
        struct outcome *outcome =
            outcome_list_add(&outcomes, "xenstore-quota-set", args->words.items[i]);
        uint64_t started_ms = clock_ms();
        auto_free char *name = NULL;
        uint32_t value;

        outcome->result = "done";
        if (!args->global)
            outcome->domain = domain_copy(&domain);
        if (parse_setting(args->words.items[i], &name, &value, &outcome->error) == 0)
            (void)xen_quota_set(host, args->global ? NULL : &domain, name, value, &outcome->error);
        outcome->duration_ms = clock_ms() - started_ms;
    }
    return common_report(env, &outcomes, error);
}

static const struct option_spec get_options[] = {
    OPTION_FLAG('g', "global", struct quota_args, global,
                "the quotas that hold for domains without their own"),
    OPTION_END,
};

static const struct option_spec set_options[] = {
    OPTION_FLAG('g', "global", struct quota_args, global,
                "set what holds for domains without their own; no DOMAIN is named then"),
    OPTION_END,
};

static const struct argument_spec get_arguments[] = {
    ARGUMENT_OPTIONAL("DOMAIN", struct quota_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_END,
};

static const struct argument_spec set_arguments[] = {
    ARGUMENTS("DOMAIN|QUOTA=VALUE", struct quota_args, words, KIND_TEXT,
              "the domain, and then what it may use"),
    ARGUMENT_END,
};

static const struct example get_examples[] = {
    { "xenstore-quota-get web", "what the domain web may use" },
    { "xenstore-quota-get -g --json", "what all others may use, as JSON" },
    { NULL, NULL },
};

static const struct example set_examples[] = {
    { "xenstore-quota-set web watches=200", "let the domain web have 200 watches" },
    { NULL, NULL },
};

const struct command cmd_xenstore_quota_get = {
    .name = "xenstore-quota-get",
    .group = GROUP_HOST,
    .summary = "show how much of xenstore a domain may use",
    .description = "Needs Xen 4.22 or newer, and an xn that was built for it.",
    .examples = get_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = get_options,
    .arguments = get_arguments,
    .args_size = sizeof(struct quota_args),
    .columns = &quota_columns,
    .check = check_get,
    .run = run_get,
};

const struct command cmd_xenstore_quota_set = {
    .name = "xenstore-quota-set",
    .group = GROUP_HOST,
    .summary = "set how much of xenstore a domain may use",
    .description = "Needs Xen 4.22 or newer, and an xn that was built for it.",
    .examples = set_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = set_options,
    .arguments = set_arguments,
    .args_size = sizeof(struct quota_args),
    .columns = &outcome_columns,
    .check = check_set,
    .run = run_set,
};
