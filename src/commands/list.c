/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn list: the domains of this host. */
#include <stdlib.h>

#include "base/mem.h"
#include "commands/common.h"
#include "commands/guests.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"
#include "out/message.h"
#include "xen/domain.h"

struct list_args {
    bool all, long_form, verbose, context, cpupool, numa;
    struct string_list domains;
};

/* The details that the columns asked for need; JSON shows all. */
static unsigned details_needed(const struct env *env, const struct list_args *args)
{
    const struct output_options *output = &env->output;
    unsigned details = DETAIL_NAMES;
    bool all = output->format == FORMAT_JSON || output->format == FORMAT_CSV ||
               output->columns.count || output->filters.count || output->sort.count;

    if (all)
        details |= DETAIL_TYPE | DETAIL_SUSPENDED;
    if (args->context || args->verbose || all)
        details |= DETAIL_LABELS;
    if (args->cpupool || all)
        details |= DETAIL_CPUPOOL;
    if (args->numa || all)
        details |= DETAIL_AFFINITY;
    return details;
}

static void print_long_entry(struct str *text, const struct domain *domain, const char *json,
                             bool first)
{
    str_addf(text, "%s    {\n        \"domid\": %u,\n        \"config\": ", first ? "" : ",\n",
             domain->domid);
    /* libxl's own text, shifted to the right, so that every line is the one that scripts know. */
    for (const char *c = json; *c; c++) {
        str_add_char(text, *c);
        if (*c == '\n' && c[1] && c[1] != '\n')
            str_add(text, "        ");
    }
    while (text->length && text->text[text->length - 1] == '\n')
        text->text[--text->length] = '\0';
    str_add(text, "\n    }");
}

/* xl's JSON, byte for byte: scripts read it line by line. */
static int print_long(struct env *env, struct xen_host *host, const struct domain *const *domains,
                      size_t count, struct error **error)
{
    auto_str text = STR_INIT;
    size_t printed = 0;

    str_add(&text, "[\n");
    for (size_t i = 0; i < count; i++) {
        auto_error problem = NULL;
        auto_free char *json = NULL;

        if (xen_domain_config_json(host, domains[i], &json, &problem) < 0) {
            message_error(env->err, FORMAT_DEFAULT, env->program, "list", problem);
            continue;
        }
        print_long_entry(&text, domains[i], json, printed++ == 0);
    }
    str_add(&text, "\n]\n\n");
    return output_text(env->out, text.text, text.length, error);
}

static int print_table(struct env *env, const struct list_args *args, const struct domain **domains,
                       size_t count, struct error **error)
{
    struct domain_layout layout = { .verbose = args->verbose,
                                    .context = args->context,
                                    .cpupool = args->cpupool,
                                    .numa = args->numa };
    struct xl_column xl_columns[DOMAIN_XL_COLUMNS_MAX];
    struct listing listing = {
        .table = &domain_columns,
        .rows = (const void *const *)domains,
        .count = count,
        .xl_columns = xl_columns,
        .xl_count = domain_xl_columns(&layout, xl_columns),
    };

    return listing_print(&listing, &env->output, env->out, error);
}

/* The JSON of -l is xl's own and has no columns; what could not be obeyed is refused. */
static int check(const struct env *env, void *data, struct error **error)
{
    const struct list_args *args = data;
    const struct output_options *output = &env->output;

    if (args->all && args->long_form)
        return error_set(error, ERR_USAGE,
                         "--all and --long exclude each other: a stopped guest has only its file");
    if (!args->long_form || (output->format == FORMAT_DEFAULT && !output->columns.count &&
                             !output->sort.count && !output->filters.count))
        return 0;
    error_set(error, ERR_USAGE, "--long prints the configurations and takes no output options");
    return error_hint(error, "the run state of all domains as JSON is 'xn list --json'");
}

/* A file that cannot be read is told, and hides no other guest. */
static int add_stopped(const struct env *env, struct domain_list *list, struct error **error)
{
    auto_guest_files files = GUEST_FILES_INIT;

    if (guest_files_scan(GUESTS_FOLDER, &files, error) < 0)
        return -1;
    for (size_t i = 0; i < files.count; i++)
        if (files.items[i].problem)
            message_error(env->err, env->output.format, env->program, "list",
                          files.items[i].problem);
    guests_add_stopped(&files, list);
    return 0;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct list_args *args = data;
    auto_xen_host *host = NULL;
    auto_domain_list list = { NULL, 0 };
    auto_free const struct domain **chosen = NULL;
    enum status status = STATUS_DONE;
    size_t count;
    int result;

    if (common_open_host_to_ask(env, &host, error) < 0 ||
        (args->long_form && xen_host_need_libxl(host, error) < 0) ||
        xen_domain_list(host, details_needed(env, args), &list, error) < 0 ||
        (args->all && add_stopped(env, &list, error) < 0))
        return -1;
    chosen = xcalloc(list.count + args->domains.count, sizeof(*chosen));
    count = common_choose(env, "list", &args->domains, &list, chosen, &status);
    if (args->domains.count && count == 0)
        return (int)status;
    result = args->long_form ? print_long(env, host, chosen, count, error)
                             : print_table(env, args, chosen, count, error);
    return result < 0 ? -1 : (int)status;
}

static const struct option_spec options[] = {
    OPTION_FLAG('a', "all", struct list_args, all, "also guests that do not run but have a file"),
    OPTION_FLAG('l', "long", struct list_args, long_form,
                "print the configuration of the domains as JSON"),
    OPTION_FLAG('v', "verbose", struct list_args, verbose,
                "also UUIDs, shutdown reasons and security labels"),
    OPTION_FLAG('Z', "context", struct list_args, context, "also security labels"),
    OPTION_FLAG('c', "cpupool", struct list_args, cpupool, "also CPU pools"),
    OPTION_FLAG('n', "numa", struct list_args, numa, "also NUMA node affinities"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct list_args, domains, KIND_DOMAIN,
                       "domains to list; all when none is named"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "list", "all domains, in xl's layout" },
    { "list web db", "two of them" },
    { "list --all", "also the stopped guests of /etc/xen and /etc/xen/auto" },
    { "list --json", "everything that is known, as JSON" },
    { "list --columns name,state,memory_kib --sort -memory_kib", "the biggest first" },
    { "list --filter state=paused --columns name --no-header", "names of the paused ones" },
    { NULL, NULL },
};

const struct command cmd_list = {
    .name = "list",
    .group = GROUP_INFORMATION,
    .summary = "list the domains of this host",
    .description =
        "Shows every domain, or those that are named, one line each. The default layout\n"
        "is that of xl; --columns, --json and --csv show more.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct list_args),
    .columns = &domain_columns,
    .check = check,
    .run = run,
};
