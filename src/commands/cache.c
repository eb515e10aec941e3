/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cache: the unpacked kernels that are kept for the next start. */
#include <string.h>

#include "base/cache.h"
#include "base/clock.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "model/cached_kernel.h"
#include "out/listing.h"
#include "xen/kernel_cache.h"

struct cache_args {
    const char *verb;
};

static bool is_clear(const struct cache_args *args)
{
    return strcmp(args->verb, "clear") == 0;
}

static int list(const struct env *env, struct error **error)
{
    auto_cache_list kernels = { NULL, 0 };
    auto_free const void **rows = NULL;
    struct listing listing = { .table = &cached_kernel_columns };

    if (cache_read(KERNEL_CACHE_FOLDER, &kernels, error) < 0)
        return -1;
    rows = xcalloc(kernels.count, sizeof(*rows));
    for (; listing.count < kernels.count; listing.count++)
        rows[listing.count] = &kernels.files[listing.count];
    listing.rows = rows;
    return listing_print(&listing, &env->output, env->out, error);
}

static int clear(const struct env *env, const char *word, struct error **error)
{
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome = outcome_list_add(&outcomes, "cache", word);
    uint64_t started_ms = clock_ms();

    outcome->result = "done";
    (void)cache_clear(KERNEL_CACHE_FOLDER, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct cache_args *args = data;

    return is_clear(args) ? clear(env, args->verb, error) : list(env, error);
}

static void prepare(void *data)
{
    struct cache_args *args = data;

    args->verb = "list";
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct output_options *output = &env->output;

    if (is_clear(data) && (output->format == FORMAT_CSV || output->columns.count ||
                           output->filters.count || output->sort.count))
        return error_set(error, ERR_USAGE, "columns and the like are for 'list'");
    return 0;
}

static const char *const verbs[] = { "list", "clear", NULL };

static const struct argument_spec arguments[] = {
    { .placeholder = "ACTION",
      .kind = KIND_WORD,
      .optional = true,
      .offset = FIELD(struct cache_args, verb, const char *),
      .choices = verbs,
      .help = "list or clear [list]" },
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "cache", "which kernels are kept, those used last first" },
    { "cache --json", "the same for programs" },
    { "cache clear", "remove all of them; each is unpacked again when it is needed" },
    { NULL, NULL },
};

const struct command cmd_cache = {
    .name = "cache",
    .group = GROUP_HOST,
    .summary = "list or remove the kernels that are kept unpacked",
    .description =
        "Kernels of distributions are packed, and unpacking one takes longer than all\n"
        "else at the start of a small guest. So it is done once, and what comes out is\n"
        "kept in the folder\n" KERNEL_CACHE_FOLDER ". How much that may be, 'kernel_cache_mib' in\n"
        "xn.conf says. It is always safe to remove it.",
    .examples = examples,
    .flags = COMMAND_CHANGES | COMMAND_LISTS,
    .arguments = arguments,
    .args_size = sizeof(struct cache_args),
    .columns = &cached_kernel_columns,
    .prepare = prepare,
    .check = check,
    .run = run,
};
