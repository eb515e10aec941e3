/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cpupool-list: the CPU pools of the host. */
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "out/message.h"
#include "xen/pool.h"

struct cpupool_list_args {
    bool cpus;
    struct string_list pools;
};

/* Who is not found is told, and the others are listed. */
static size_t choose(const struct env *env, const struct string_list *words,
                     const struct pool_list *list, const void **rows, enum status *ret_status)
{
    size_t count = 0;

    if (words->count == 0)
        for (; count < list->count; count++)
            rows[count] = &list->pools[count];
    for (size_t i = 0; i < words->count; i++) {
        auto_error error = NULL;
        const struct pool *pool = pool_list_find(list, words->items[i], &error);

        if (pool)
            rows[count++] = pool;
        else
            *ret_status = error_status(error);
        if (error)
            message_error(env->err, env->output.format, env->program, "cpupool-list", error);
    }
    if (*ret_status != STATUS_DONE && count)
        *ret_status = STATUS_PARTIAL;
    return count;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct cpupool_list_args *args = data;
    auto_xen_host *host = NULL;
    auto_pool_list pools = { NULL, 0 };
    auto_free const void **rows = NULL;
    enum status status = STATUS_DONE;
    struct listing listing = {
        .table = &pool_columns,
        .xl_columns = pool_xl_column(args->cpus),
        .xl_count = 1,
    };

    if (common_open_host_to_ask(env, &host, error) < 0 || xen_pool_list(host, &pools, error) < 0)
        return -1;
    rows = xcalloc(pools.count + args->pools.count, sizeof(*rows));
    listing.rows = rows;
    listing.count = choose(env, &args->pools, &pools, rows, &status);
    if (args->pools.count && listing.count == 0)
        return (int)status;
    return listing_print(&listing, &env->output, env->out, error) < 0 ? -1 : (int)status;
}

static const struct option_spec options[] = {
    OPTION_FLAG('c', "cpus", struct cpupool_list_args, cpus, "which CPUs each has"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("POOL", struct cpupool_list_args, pools, KIND_POOL,
                       "names or numbers; all when none is named"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "cpupool-list", "all of them, in xl's layout" },
    { "cpupool-list -c Pool-0", "the CPUs of one" },
    { "cpupool-list --json", "everything about them, as JSON" },
    { NULL, NULL },
};

const struct command cmd_cpupool_list = {
    .name = "cpupool-list",
    .group = GROUP_RESOURCES,
    .summary = "list the CPU pools of this host",
    .description = "A CPU pool is a set of CPUs with a scheduler of its own; each domain runs in\n"
                   "one of them.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct cpupool_list_args),
    .columns = &pool_columns,
    .run = run,
};
