/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cleanup: what killed tools and crashes left behind. */
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "model/leftover.h"
#include "out/listing.h"
#include "out/message.h"
#include "xen/leftover.h"

struct cleanup_args {
    bool yes;
    struct string_list kinds, folders;
};

static void set_kinds(const struct string_list *names, bool *kinds)
{
    for (enum leftover_kind kind = 0; kind < LEFTOVER_KINDS; kind++)
        kinds[kind] = names->count == 0 || string_list_has(names, leftover_kind_names[kind]);
}

/* Some are harmless only when somebody knows that they are: those must be named. */
static void clean(const struct env *env, const struct cleanup_args *args, struct xen_host *host,
                  const struct leftover_search *search, struct leftover *leftover)
{
    if (leftover->guarded && args->kinds.count == 0) {
        leftover->result = RESULT_KEPT;
        return;
    }
    if (interrupt_signal()) {
        leftover->result = RESULT_FAILED;
        error_set(&leftover->error, ERR_INTERRUPTED, "interrupted before it was cleaned");
    } else {
        xen_leftover_clean(host, search, leftover);
    }
    if (!leftover->error)
        return;
    error_wrap(&leftover->error, "%s '%s'", leftover_kind_names[leftover->kind], leftover->subject);
    message_error(env->err, env->output.format, env->program, "cleanup", leftover->error);
}

static int print(const struct env *env, const struct leftover_list *list, struct error **error)
{
    auto_free const void **rows = xcalloc(list->count, sizeof(*rows));
    struct listing listing = { .table = &leftover_columns, .rows = rows, .count = list->count };

    /* A cron job shall have nothing to say about a clean host. */
    if (list->count == 0 && env->output.format == FORMAT_DEFAULT)
        return 0;
    for (size_t i = 0; i < list->count; i++)
        rows[i] = &list->items[i];
    return listing_print(&listing, &env->output, env->out, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct cleanup_args *args = data;
    auto_xen_host *host = NULL;
    auto_host_config host_config = { 0 };
    auto_leftover_list list = { NULL, 0 };
    struct leftover_search search = { .folders = &args->folders };
    int result;

    set_kinds(&args->kinds, search.kinds);
    if (common_open_host(env, &host, error) < 0 ||
        common_host_config(env, &host_config, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    search.lock_file = host_config.lockfile;
    result = xen_leftovers_find(host, &search, &list, error);
    for (size_t i = 0; result == 0 && args->yes && !env->dry_run && i < list.count; i++)
        clean(env, args, host, &search, &list.items[i]);
    interrupt_release();
    if (result < 0 || print(env, &list, error) < 0)
        return -1;
    return (int)leftover_list_status(&list);
}

static const struct option_spec options[] = {
    OPTION_FLAG('y', "yes", struct cleanup_args, yes, "do it; without this nothing is changed"),
    { .letter = 'k',
      .name = "kind",
      .kind = KIND_WORD,
      .repeated = true,
      .choices = leftover_kind_names,
      .offset = FIELD(struct cleanup_args, kinds, struct string_list),
      .placeholder = "KIND",
      .help = "only leftovers of this kind; may be repeated" },
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("FOLDER", struct cleanup_args, folders, KIND_FILE,
                       "also look for unfinished saves here"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "cleanup", "what is left behind on this host; changes nothing" },
    { "cleanup --yes", "take away what nobody can need" },
    { "cleanup --kind=suspended --yes", "let guests run on that a killed save left asleep" },
    { "cleanup --json /srv/saves", "also unfinished files of a folder of saves, as JSON" },
    { NULL, NULL },
};

const struct command cmd_cleanup = {
    .name = "cleanup",
    .group = GROUP_HOST,
    .summary = "find and take away what crashes left behind",
    .description =
        "Looks for what killed tools and crashes leave on a host: guests that were\n"
        "half built, copies that a migration left, nodes of xenstore, loop devices,\n"
        "network interfaces and files without a domain. Says what each is and what\n"
        "would be done, and does it only with --yes. What only its owner can judge is\n"
        "kept unless its kind is named with --kind.\n"
        "\n"
        "The status is 1 when anything is found and not cleaned, 0 when nothing is left.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_LISTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct cleanup_args),
    .columns = &leftover_columns,
    .run = run,
};
