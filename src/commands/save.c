/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn save: a running guest into a file. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/config_input.h"
#include "commands/registry.h"
#include "migrate/compress.h"
#include "migrate/save.h"
#include "migrate/savefile.h"
#include "out/progress.h"
#include "xen/domain.h"

struct save_args {
    bool keep_running, pause, keep_domid, compress;
    const char *domain, *file, *config;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct save_args *args = data;

    (void)env;
    if (common_check_domain_words(&cmd_save, args, error) < 0)
        return -1;
    if (args->keep_running && args->pause) {
        error_set(error, ERR_USAGE, "-c and -p exclude each other");
        return error_hint(error, "-c: the guest runs on; -p: it stays, paused");
    }
    if (args->compress && !codec_is_built())
        return error_set(error, ERR_NOT_SUPPORTED, "this xn was built without libzstd");
    return 0;
}

struct meter {
    struct progress progress;
    const char *file;
    uint64_t started_ms;
    bool as_xl, compressed;
};

static void show_progress(void *context, uint64_t written_kib, uint64_t total_kib)
{
    struct meter *meter = context;
    uint64_t elapsed_ms = clock_ms() - meter->started_ms;
    uint64_t rate_kib = elapsed_ms ? written_kib * 1000 / elapsed_ms : 0;
    auto_free char *written = human_kib(written_kib);
    auto_free char *rate = human_kib(rate_kib);
    const char *done = meter->compressed ? "compressed into" : "written to";

    if (rate_kib == 0 || written_kib >= total_kib)
        progress_show(&meter->progress, "save: %s %s %s", written, done, meter->file);
    else
        progress_show(&meter->progress, "save: %s %s %s, %s/s, %llu s left", written, done,
                      meter->file, rate,
                      (unsigned long long)((total_kib - written_kib) / rate_kib));
}

static void say_as_xl(void *context, uint32_t optional_length)
{
    const struct meter *meter = context;

    if (meter->as_xl)
        fprintf(meter->progress.stream, "Saving to %s new xl format (info 0x%x/0x0/%u)\n",
                meter->file,
                SAVEFILE_CONFIG_JSON | SAVEFILE_STREAM_V2 |
                    (meter->compressed ? SAVEFILE_COMPRESSED : 0),
                optional_length);
}

static int save(const struct env *env, struct xen_host *host, const struct save_args *args,
                const char *config_json, struct outcome *outcome, struct error **error)
{
    struct meter meter = { .file = args->file,
                           .started_ms = clock_ms(),
                           .as_xl = env->as_xl,
                           .compressed = args->compress };
    struct save_options options = {
        .end = args->keep_running ? SAVE_RUN
               : args->pause      ? SAVE_PAUSE
                                  : SAVE_DESTROY,
        .keep_domid = args->keep_domid,
        .compressed = args->compress,
        .config_json = config_json,
        .on_begin = say_as_xl,
        .on_progress = show_progress,
        .context = &meter,
    };
    int result;

    progress_init(&meter.progress, env->err, env->progress_lines);
    result = guest_save(host, &outcome->domain, args->file, &options, error);
    progress_clear(&meter.progress);
    outcome->result = "saved";
    outcome->duration_ms = clock_ms() - meter.started_ms;
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct save_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    auto_string_list words = STRING_LIST_INIT;
    auto_free char *json = NULL;

    string_list_add(&words, args->domain);
    if (common_open_host(env, &host, error) < 0 ||
        (args->config &&
         config_input_json(env, host, "save", args->config, NULL, &json, error) < 0) ||
        common_targets(host, "save", &words, false, &outcomes, error) < 0 ||
        interrupt_catch(error) < 0)
        return -1;
    if (!outcomes.items[0].error)
        (void)save(env, host, args, json, &outcomes.items[0], &outcomes.items[0].error);
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('c', "keep-running", struct save_args, keep_running,
                "let the guest run on when the file is written"),
    OPTION_FLAG('p', "pause", struct save_args, pause, "keep the guest, paused"),
    OPTION_FLAG('D', "keep-domid", struct save_args, keep_domid,
                "restore gives it the same domid again"),
    OPTION_FLAG(0, "compress", struct save_args, compress,
                "compress the file; then only xn can restore it"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct save_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENT("FILE", struct save_args, file, KIND_FILE, "the file to write; also a pipe or device"),
    ARGUMENT_OPTIONAL("CONFIG", struct save_args, config, KIND_FILE,
                      "a configuration that restore shall use instead of the guest's own"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "save web /srv/web.save", "write the guest's memory to a file and end it" },
    { "save -c web /srv/web.save", "a copy, while the guest runs on" },
    { "save --compress web /srv/web.save", "a smaller file, which xl cannot restore" },
    { NULL, NULL },
};

const struct command cmd_save = {
    .name = "save",
    .group = GROUP_LIFECYCLE,
    .summary = "save a running guest to a file",
    .description =
        "The guest ends only when the whole file is on the disk; when anything fails it\n"
        "runs on, and an older file of that name is as it was. Its disks are not part\n"
        "of the file: a guest that runs on (-c) makes the file useless as soon as it\n"
        "writes to them, unless they are copied at the same time.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct save_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
