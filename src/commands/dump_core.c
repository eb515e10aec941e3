/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn dump-core: a guest's memory into a file, for a debugger. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/progress.h"
#include "xen/core.h"

struct dump_core_args {
    const char *domain, *file;
};

struct meter {
    struct progress progress;
    const char *file;
};

static void show_progress(void *context, uint64_t written_kib, uint64_t total_kib)
{
    struct meter *meter = context;
    auto_free char *written = human_kib(written_kib);
    auto_free char *total = human_kib(total_kib);

    progress_show(&meter->progress, "dump-core: %s of %s written to %s", written, total,
                  meter->file);
}

static void dump(const struct env *env, struct xen_host *host, const char *file,
                 struct outcome *outcome)
{
    struct meter meter = { .file = file };
    struct core_options options = { .on_progress = show_progress, .context = &meter };
    uint64_t started_ms = clock_ms();

    progress_init(&meter.progress, env->err, env->progress_lines);
    (void)xen_core_dump(host, &outcome->domain, file, &options, &outcome->error);
    progress_clear(&meter.progress);
    outcome->result = "dumped";
    outcome->duration_ms = clock_ms() - started_ms;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct dump_core_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    outcome = common_guest(host, "dump-core", args->domain, "dump the core of",
                           "its kernel can write one itself: see kdump", &outcomes);
    if (!outcome->error)
        dump(env, host, args->file, outcome);
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct dump_core_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("FILE", struct dump_core_args, file, KIND_FILE, "the file to write"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "dump-core web /srv/web.core", "write the memory of the guest web to a file" },
    { NULL, NULL },
};

const struct command cmd_dump_core = {
    .name = "dump-core",
    .group = GROUP_LIFECYCLE,
    .summary = "write the memory of a guest to a file for a debugger",
    .description = "The guest is not stopped: pause it first when its memory must not change\n"
                   "meanwhile. A guest that has crashed can be dumped as long as it is kept.\n"
                   "The file appears under its name when it is whole and on the disk; when\n"
                   "anything fails, an older file of that name is as it was.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct dump_core_args),
    .columns = &outcome_columns,
    .run = run,
};
