/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shared steps of commands; see common.h. */
#include "commands/common.h"

#include <string.h>

#include "base/mem.h"
#include "model/target.h"
#include "out/listing.h"
#include "out/message.h"
#include "xen/domain.h"

struct xen_host_options common_host_options(const struct env *env)
{
    return (struct xen_host_options){
        .live = env->verbose ? env->err : NULL,
        .verbose = env->verbose,
        .timestamps = env->timestamps,
    };
}

int common_open_host(const struct env *env, struct xen_host **ret_host, struct error **error)
{
    struct xen_host_options options = common_host_options(env);

    return xen_host_open(&options, ret_host, error);
}

int common_open_host_to_ask(const struct env *env, struct xen_host **ret_host, struct error **error)
{
    struct xen_host_options options = common_host_options(env);

    return xen_host_open_to_ask(&options, ret_host, error);
}

static void print_warnings(const struct env *env, const char *context,
                           const struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < diagnostics->count; i++) {
        auto_str text = STR_INIT;

        if (diagnostics->items[i].severity == SEVERITY_ERROR)
            continue;
        diagnostic_format(&diagnostics->items[i], "", &text);
        fprintf(env->err, "%s: %s%s", env->program, context, str_text(&text));
    }
}

static void print_as_data(const struct env *env, const struct diagnostics *diagnostics, bool quiet)
{
    static const struct output_options json = { .format = FORMAT_JSON };
    auto_free const void **rows = xcalloc(diagnostics->count, sizeof(*rows));
    struct listing listing = { .table = &diagnostic_columns, .rows = rows };
    auto_error ignored = NULL;

    for (size_t i = 0; i < diagnostics->count; i++)
        if (!quiet || diagnostics->items[i].severity == SEVERITY_ERROR)
            rows[listing.count++] = &diagnostics->items[i];
    if (listing.count)
        (void)listing_print(&listing, &json, env->err, &ignored);
}

void common_print_diagnostics(const struct env *env, const char *context,
                              const struct diagnostics *diagnostics, bool quiet)
{
    if (env->output.format == FORMAT_JSON)
        print_as_data(env, diagnostics, quiet);
    else if (!quiet)
        print_warnings(env, context, diagnostics);
}

int common_host_config(const struct env *env, struct host_config *ret, struct error **error)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    int result = host_config_read(ret, &diagnostics, error);

    common_print_diagnostics(env, "", &diagnostics, false);
    return result;
}

static int check_word(const char *word, struct error **error)
{
    struct target target;

    return word ? target_parse(word, &target, error) : 0;
}

int common_check_domain_words(const struct command *command, const void *args, struct error **error)
{
    const struct argument_spec *argument = command->arguments;

    for (; argument && argument->placeholder; argument++) {
        const void *field = (const char *)args + argument->offset;
        const struct string_list *words = field;

        if (argument->kind != KIND_DOMAIN)
            continue;
        if (!argument->repeated && check_word(*(const char *const *)field, error) < 0)
            return -1;
        for (size_t i = 0; argument->repeated && i < words->count; i++)
            if (check_word(words->items[i], error) < 0)
                return -1;
    }
    return 0;
}

static bool is_there_already(const struct outcome_list *outcomes, uint32_t domid)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (outcomes->items[i].domain.uuid[0] && outcomes->items[i].domain.domid == domid)
            return true;
    return false;
}

static void resolve_word(const char *action, const char *word, const struct domain_list *list,
                         struct outcome_list *outcomes)
{
    const struct domain *domain = NULL;
    struct outcome *outcome;
    struct target target;
    struct error *error = NULL;

    if (target_parse(word, &target, &error) == 0)
        domain = target_find(&target, list, word, &error);
    if (domain && is_there_already(outcomes, domain->domid))
        return;
    outcome = outcome_list_add(outcomes, action, word);
    outcome->error = error;
    if (!domain)
        return;
    outcome->domain = domain_copy(domain);
    if (domain->domid == 0) {
        error_set(&outcome->error, ERR_REFUSED, "will not %s domain 0, which runs this host",
                  strcmp(action, "shutdown") == 0 ? "shut down" : action);
        if (strcmp(action, "shutdown") == 0 || strcmp(action, "reboot") == 0)
            error_hint(&outcome->error, "to stop the host itself use its own shutdown or reboot");
    }
}

/* Every domain but domain 0 and xenstore's own, which must outlive the others. */
static void add_all_guests(const char *action, const struct domain_list *list,
                           struct outcome_list *outcomes)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct domain *domain = &list->domains[i];
        auto_free char *label = domain_label(domain);

        if (domain->domid != 0 && !domain->never_stop)
            outcome_list_add(outcomes, action, label)->domain = domain_copy(domain);
    }
}

int common_check_targets(const struct string_list *words, bool all, struct error **error)
{
    if (all && words->count) {
        error_set(error, ERR_USAGE, "--all and '%s' exclude each other", words->items[0]);
        return error_hint(error, "name the domains, or use --all alone");
    }
    if (!all && words->count == 0) {
        error_set(error, ERR_USAGE, "no domain is named");
        return error_hint(error, "name one or more domains, or use --all");
    }
    return 0;
}

int common_targets(struct xen_host *host, const char *action, const struct string_list *words,
                   bool all, struct outcome_list *outcomes, struct error **error)
{
    auto_domain_list list = { NULL, 0 };

    if (xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    if (all)
        add_all_guests(action, &list, outcomes);
    for (size_t i = 0; i < words->count; i++)
        resolve_word(action, words->items[i], &list, outcomes);
    return 0;
}

struct outcome *common_guest(struct xen_host *host, const char *action, const char *word,
                             const char *doing, const char *hint, struct outcome_list *outcomes)
{
    struct outcome *outcome = outcome_list_add(outcomes, action, word);

    if (xen_domain_find(host, word, &outcome->domain, &outcome->error) < 0)
        return outcome;
    if (outcome->domain.domid == 0) {
        error_set(&outcome->error, ERR_REFUSED, "will not %s domain 0, which runs this host",
                  doing);
        if (hint)
            error_hint(&outcome->error, "%s", hint);
    }
    return outcome;
}

struct outcome *common_domain(struct xen_host *host, const char *action, const char *word,
                              struct outcome_list *outcomes)
{
    struct outcome *outcome = outcome_list_add(outcomes, action, word);

    outcome->result = "done";
    (void)xen_domain_find(host, word, &outcome->domain, &outcome->error);
    return outcome;
}

int common_check_no_rows(const struct env *env, const char *what, struct error **error)
{
    const struct output_options *output = &env->output;

    if (!output->columns.count && !output->sort.count && !output->filters.count &&
        output->format != FORMAT_CSV)
        return 0;
    error_set(error, ERR_USAGE, "%s: there is no list to choose from", what);
    return error_hint(error, "the results are printed with --json");
}

size_t common_choose(const struct env *env, const char *command, const struct string_list *words,
                     const struct domain_list *list, const struct domain **chosen,
                     enum status *ret_status)
{
    size_t count = 0;

    if (words->count == 0)
        for (; count < list->count; count++)
            chosen[count] = &list->domains[count];
    for (size_t i = 0; i < words->count; i++) {
        const char *word = words->items[i];
        const struct domain *domain = NULL;
        auto_error error = NULL;
        struct target target;

        if (target_parse(word, &target, &error) == 0)
            domain = target_find(&target, list, word, &error);
        if (domain)
            chosen[count++] = domain;
        else
            *ret_status = *ret_status == STATUS_DONE || *ret_status == error_status(error)
                              ? error_status(error)
                              : STATUS_FAILED;
        if (error)
            message_error(env->err, env->output.format, env->program, command, error);
    }
    if (*ret_status != STATUS_DONE && count)
        *ret_status = STATUS_PARTIAL;
    return count;
}

static int report_as_data(const struct env *env, const struct outcome_list *outcomes,
                          struct error **error)
{
    auto_free const void **rows = xcalloc(outcomes->count, sizeof(*rows));
    struct listing listing = { .table = &outcome_columns, .rows = rows, .count = outcomes->count };

    for (size_t i = 0; i < outcomes->count; i++)
        rows[i] = &outcomes->items[i];
    return listing_print(&listing, &env->output, env->out, error);
}

int common_report(const struct env *env, const struct outcome_list *outcomes, struct error **error)
{
    if (env->output.format != FORMAT_DEFAULT && report_as_data(env, outcomes, error) < 0)
        return -1;
    for (size_t i = 0; i < outcomes->count && env->output.format == FORMAT_DEFAULT; i++)
        if (outcomes->items[i].error)
            message_error(env->err, FORMAT_DEFAULT, env->program, outcomes->items[i].action,
                          outcomes->items[i].error);
    return (int)outcome_list_status(outcomes);
}
