/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn uptime: how long domains have been running. */
#include <time.h>

#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "out/message.h"
#include "xen/domain.h"
#include "xen/uptime.h"

struct uptime_args {
    bool brief;
    struct string_list domains;
};

/* In xl's layout a line cannot be without its time: it is left out, and that is told. */
static bool is_left_out(const struct env *env, const struct uptime *uptime)
{
    auto_error error = NULL;

    if (uptime->known || env->output.columns.count || env->output.format == FORMAT_JSON ||
        env->output.format == FORMAT_CSV)
        return false;
    error_set(&error, ERR_FAILED, "nothing tells since when domain %u runs", uptime->domain->domid);
    message_error(env->err, env->output.format, env->program, "uptime", error);
    return true;
}

/* Fills uptimes with the chosen ones and rows with those to be shown; tells how many these are. */
static int gather(const struct env *env, struct xen_host *host, const struct uptime_args *args,
                  const struct domain *const *chosen, size_t count, struct uptime *uptimes,
                  const void **rows, size_t *ret_shown, struct error **error)
{
    uint64_t now_s = (uint64_t)time(NULL);
    size_t asked = 0;

    for (size_t i = 0; i < count; i++)
        if (args->domains.count || !chosen[i]->stubdom)
            uptimes[asked++] = (struct uptime){ .domain = chosen[i], .now_s = now_s };
    if (xen_uptimes_fill(host, uptimes, asked, error) < 0)
        return -1;
    *ret_shown = 0;
    for (size_t i = 0; i < asked; i++)
        if (!is_left_out(env, &uptimes[i]))
            rows[(*ret_shown)++] = &uptimes[i];
    return 0;
}

static int print(const struct env *env, const struct uptime_args *args, const void **rows,
                 size_t count, struct error **error)
{
    struct listing listing = { .table = &uptime_columns, .rows = rows, .count = count };
    struct output_options options = env->output;
    bool brief = args->brief && !options.columns.count &&
                 (options.format == FORMAT_DEFAULT || options.format == FORMAT_TABLE);

    listing.xl_count = uptime_xl_columns(brief, &listing.xl_columns);
    options.no_header = options.no_header || brief;
    return listing_print(&listing, &options, env->out, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct uptime_args *args = data;
    auto_xen_host *host = NULL;
    auto_domain_list list = { NULL, 0 };
    auto_free const struct domain **chosen = NULL;
    auto_free struct uptime *uptimes = NULL;
    auto_free const void **rows = NULL;
    enum status status = STATUS_DONE;
    size_t count, shown;

    if (common_open_host_to_ask(env, &host, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES | DETAIL_STUBDOM, &list, error) < 0)
        return -1;
    chosen = xcalloc(list.count + args->domains.count, sizeof(*chosen));
    count = common_choose(env, "uptime", &args->domains, &list, chosen, &status);
    if (args->domains.count && count == 0)
        return (int)status;
    uptimes = xcalloc(count, sizeof(*uptimes));
    rows = xcalloc(count, sizeof(*rows));
    if (gather(env, host, args, chosen, count, uptimes, rows, &shown, error) < 0)
        return -1;
    if (args->domains.count && shown < count)
        status = shown ? STATUS_PARTIAL : STATUS_FAILED;
    return print(env, args, rows, shown, error) < 0 ? -1 : (int)status;
}

static const struct option_spec options[] = {
    OPTION_FLAG('s', "short", struct uptime_args, brief,
                "one line as uptime(1) prints it for each, without titles and seconds"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct uptime_args, domains, KIND_DOMAIN,
                       "names, domids or UUIDs; all when none is named"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "uptime", "of domain 0 and of all guests, in xl's layout" },
    { "uptime -s web", "of one guest, in a line with the time of day" },
    { "uptime --json web db", "in seconds, for programs" },
    { "uptime --columns name,uptime_s --sort -uptime_s", "the longest first" },
    { NULL, NULL },
};

const struct command cmd_uptime = {
    .name = "uptime",
    .group = GROUP_INFORMATION,
    .summary = "show how long domains have been running",
    .description = "Counted from when the domain was built: a reboot, a restore and a migration\n"
                   "begin anew. For domain 0, since its kernel has booted.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct uptime_args),
    .columns = &uptime_columns,
    .run = run,
};
