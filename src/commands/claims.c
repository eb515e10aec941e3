/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn claims and xn sharing: memory that is promised to domains, and memory that they share. */
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "model/memory_use.h"
#include "out/listing.h"
#include "xen/domain.h"

struct claims_args {
    struct string_list domains;
};

static int list(struct env *env, const struct claims_args *args, const char *command,
                struct listing *listing, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_domain_list domains = { NULL, 0 };
    auto_free const struct domain **chosen = NULL;
    enum status status = STATUS_DONE;

    if (common_open_host_to_ask(env, &host, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &domains, error) < 0)
        return -1;
    chosen = xcalloc(domains.count + args->domains.count, sizeof(*chosen));
    listing->count = common_choose(env, command, &args->domains, &domains, chosen, &status);
    if (args->domains.count && listing->count == 0)
        return (int)status;
    listing->table = &memory_use_columns;
    listing->rows = (const void *const *)chosen;
    return listing_print(listing, &env->output, env->out, error) < 0 ? -1 : (int)status;
}

static int run_claims(struct env *env, void *data, struct error **error)
{
    struct xl_column columns[DOMAIN_XL_COLUMNS_MAX];
    struct listing listing = { .xl_columns = columns, .xl_count = claims_xl_columns(columns) };
    auto_host_config host_config = { 0 };
    int result;

    if (common_host_config(env, &host_config, error) < 0)
        return -1;
    result = list(env, data, "claims", &listing, error);
    if (result >= 0 && !host_config.claim_mode && env->output.format != FORMAT_JSON)
        fprintf(env->err, "%s: claims: warning: claim_mode is off in xl.conf: nothing is claimed\n",
                env->program);
    return result;
}

static int run_sharing(struct env *env, void *data, struct error **error)
{
    struct listing listing = { .xl_columns = &sharing_xl_column, .xl_count = 1 };

    return list(env, data, "sharing", &listing, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct claims_args, domains, KIND_DOMAIN,
                       "names, domids or UUIDs; all when none is named"),
    ARGUMENT_END,
};

static const struct example claims_examples[] = {
    { "claims", "of all domains, in xl's layout" },
    { "claims --filter 'claimed_kib>0' --columns name,claimed_kib", "who is just being built" },
    { NULL, NULL },
};

static const struct example sharing_examples[] = {
    { "sharing", "of all domains, in xl's layout" },
    { "sharing --json web", "of one, as JSON" },
    { NULL, NULL },
};

const struct command cmd_claims = {
    .name = "claims",
    .group = GROUP_RESOURCES,
    .summary = "list domains with the memory claimed for them",
    .description =
        "While a guest is built, the memory that it does not hold yet is claimed for it,\n"
        "so that nobody else gets it.",
    .examples = claims_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = arguments,
    .args_size = sizeof(struct claims_args),
    .columns = &memory_use_columns,
    .run = run_claims,
};

const struct command cmd_sharing = {
    .name = "sharing",
    .group = GROUP_RESOURCES,
    .summary = "list domains with the memory that they share",
    .examples = sharing_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = arguments,
    .args_size = sizeof(struct claims_args),
    .columns = &memory_use_columns,
    .run = run_sharing,
};
