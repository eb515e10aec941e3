/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn domid and xn domname: from names to numbers and back. */
#include <string.h>

#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "model/target.h"
#include "out/listing.h"
#include "xen/domain.h"

struct domid_args {
    const char *domain;
};

static void domid_cell(struct str *out, const void *row)
{
    str_addf(out, "%u", ((const struct domain *)row)->domid);
}

static void name_cell(struct str *out, const void *row)
{
    const struct domain *domain = row;

    if (domain->name)
        str_add_printable(out, domain->name, strlen(domain->name));
}

/* One bare cell by default, as scripts expect it; the whole row when a format is asked for. */
static int print(const struct env *env, const struct domain *domain,
                 void (*cell)(struct str *, const void *), struct error **error)
{
    const struct xl_column column = { "", cell };
    const void *rows[] = { domain };
    struct listing listing = { .table = &domain_columns, .rows = rows, .count = 1 };
    struct output_options options = env->output;

    if (options.format == FORMAT_DEFAULT) {
        listing.xl_columns = &column;
        listing.xl_count = 1;
        options.no_header = true;
    }
    return listing_print(&listing, &options, env->out, error);
}

/* xl takes the word as a name always, so that a guest called 7 can be asked for. */
static int find_by_name(struct xen_host *host, const char *name, struct domain *domain,
                        struct error **error)
{
    auto_free char *word = xasprintf("name:%s", name);

    return xen_domain_find(host, word, domain, error);
}

static int run_domid(struct env *env, void *data, struct error **error)
{
    struct domid_args *args = data;
    auto_xen_host *host = NULL;
    struct domain domain = { 0 };
    int result;

    if (common_open_host_to_ask(env, &host, error) < 0)
        return -1;
    result = env->as_xl ? find_by_name(host, args->domain, &domain, error)
                        : xen_domain_find(host, args->domain, &domain, error);
    if (result == 0)
        result = print(env, &domain, domid_cell, error);
    domain_release(&domain);
    return result;
}

static int run_domname(struct env *env, void *data, struct error **error)
{
    struct domid_args *args = data;
    auto_xen_host *host = NULL;
    struct domain domain = { 0 };
    int result;

    if (common_open_host_to_ask(env, &host, error) < 0)
        return -1;
    result = xen_domain_find(host, args->domain, &domain, error);
    if (result == 0 && !domain.name)
        result = error_set(error, ERR_FAILED, "domain %u has no name", domain.domid);
    if (result == 0)
        result = print(env, &domain, name_cell, error);
    domain_release(&domain);
    return result;
}

static const struct argument_spec domid_arguments[] = {
    ARGUMENT("DOMAIN", struct domid_args, domain, KIND_DOMAIN, "name or UUID"),
    ARGUMENT_END,
};

static const struct argument_spec domname_arguments[] = {
    ARGUMENT("DOMAIN", struct domid_args, domain, KIND_DOMAIN, "domid or UUID"),
    ARGUMENT_END,
};

static const struct example domid_examples[] = {
    { "domid web", "the number of the domain web" },
    { NULL, NULL },
};

static const struct example domname_examples[] = {
    { "domname 7", "the name of domain 7" },
    { NULL, NULL },
};

const struct command cmd_domid = {
    .name = "domid",
    .group = GROUP_INFORMATION,
    .summary = "print the number of a domain",
    .examples = domid_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .arguments = domid_arguments,
    .args_size = sizeof(struct domid_args),
    .columns = &domain_columns,
    .run = run_domid,
};

const struct command cmd_domname = {
    .name = "domname",
    .group = GROUP_INFORMATION,
    .summary = "print the name of a domain",
    .examples = domname_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .arguments = domname_arguments,
    .args_size = sizeof(struct domid_args),
    .columns = &domain_columns,
    .run = run_domname,
};
