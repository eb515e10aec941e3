/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn rename: giving a domain another name. */
#include <string.h>

#include "commands/common.h"
#include "commands/registry.h"
#include "model/target.h"
#include "xen/domain.h"

struct rename_args {
    bool force;
    const char *domain, *new_name;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct rename_args *args = data;

    (void)env;
    if (!*args->new_name)
        return error_set(error, ERR_USAGE, "empty domain name");
    for (const char *c = args->new_name; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f || *c == '/')
            return error_set(error, ERR_USAGE, "'%s' is no name for a domain: it holds '%c'",
                             args->new_name, *c);
    return 0;
}

/* libxl looks for the name too, but its answer names neither domain. */
static int check_free(struct xen_host *host, const char *name, struct error **error)
{
    auto_domain_list list = { NULL, 0 };

    if (xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    for (size_t i = 0; i < list.count; i++)
        if (list.domains[i].name && strcmp(list.domains[i].name, name) == 0)
            return error_set(error, ERR_EXISTS, "domain %u is called '%s' already",
                             list.domains[i].domid, name);
    return 0;
}

/* xl renames domain 0 without a word; here it must be meant. */
static int check_not_dom0(const struct env *env, const struct rename_args *args,
                          const struct domain *domain, struct error **error)
{
    if (domain->domid != 0 || args->force || env->as_xl)
        return 0;
    error_set(error, ERR_REFUSED, "will not rename domain 0, which runs this host");
    return error_hint(error, "scripts look for it by its name; --force renames it all the same");
}

static int run(struct env *env, void *data, struct error **error)
{
    struct rename_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = outcome_list_add(&outcomes, "rename", args->domain);
    outcome->result = "done";
    if (xen_domain_find(host, args->domain, &outcome->domain, &outcome->error) == 0 &&
        check_not_dom0(env, args, &outcome->domain, &outcome->error) == 0 &&
        check_free(host, args->new_name, &outcome->error) == 0)
        (void)xen_domain_rename(host, &outcome->domain, args->new_name, &outcome->error);
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('f', "force", struct rename_args, force, "also rename domain 0"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct rename_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("NEW-NAME", struct rename_args, new_name, KIND_TEXT, "what to call it"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "rename web web-old", "call the domain web web-old" },
    { NULL, NULL },
};

const struct command cmd_rename = {
    .name = "rename",
    .group = GROUP_LIFECYCLE,
    .summary = "give a domain another name",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct rename_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
