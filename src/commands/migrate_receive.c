/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn migrate-receive: the far end of a migration. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/config_input.h"
#include "commands/registry.h"
#include "migrate/disks.h"
#include "migrate/far.h"
#include "migrate/receive.h"
#include "migrate/recover.h"
#include "model/host.h"
#include "out/listing.h"
#include "supervise/daemon.h"
#include "xen/info.h"
#include "xen/mark.h"
#include "xen/preflight.h"

struct receive_args {
    bool unsupervised, foreground, dump, paused, check;
    bool remus, colo, userspace_proxy, compress, copy_disk;
    const char *report, *colo_script;
};

struct receiving {
    struct env *env;
    const struct receive_args *args;
    struct xen_host *host;
};

static void on_step(void *context, const char *text)
{
    const struct receiving *receiving = context;

    if (receiving->env->as_xl || receiving->env->verbose)
        fprintf(receiving->env->err, "migration target: %s\n", text);
}

static int on_config(void *context, const libxl_domain_config *config, struct error **error)
{
    const struct receiving *receiving = context;

    if (!receiving->args->dump)
        return 0;
    return config_print_json(receiving->env->err, (libxl_domain_config *)config, error);
}

static int look_after(void *context, const struct domain *domain, struct error **error)
{
    const struct receiving *receiving = context;

    if (xen_mark_set(receiving->host, domain->domid, domain->uuid, error) < 0)
        return -1;
    return daemon_ensure(error);
}

static int refuse_terminal(struct error **error)
{
    if (!isatty(STDIN_FILENO) && !isatty(STDOUT_FILENO))
        return 0;
    error_set(error, ERR_USAGE, "this is the far end of a migration, and not for people");
    return error_hint(error, "'xn migrate' on the other host starts it here");
}

static int receive(struct env *env, const struct receive_args *args, struct xen_host *host,
                   const struct host_config *host_config, struct error **error)
{
    struct receiving receiving = { .env = env, .args = args, .host = host };
    const struct receive_options options = {
        .host_config = host_config,
        .paused = args->paused,
        .compressed = args->compress,
        .copy_disk = args->copy_disk,
        .checkpoints = args->colo    ? LIBXL_CHECKPOINTED_STREAM_COLO
                       : args->remus ? LIBXL_CHECKPOINTED_STREAM_REMUS
                                     : LIBXL_CHECKPOINTED_STREAM_NONE,
        .colo_script = args->colo_script,
        .colo_userspace_proxy = args->userspace_proxy,
        .look_after = args->unsupervised ? NULL : look_after,
        .on_step = on_step,
        .on_config = on_config,
        .context = &receiving,
    };
    int result;

    if (interrupt_catch(error) < 0)
        return -1;
    result = guest_receive(host, STDIN_FILENO, STDOUT_FILENO, &options, error);
    interrupt_release();
    return result;
}

struct examination {
    struct xen_host *host;
    const struct host_config *host_config;
};

static void examine(void *context, const struct config_view *view)
{
    const struct examination *examination = context;

    xen_preflight(examination->host, examination->host_config, view);
}

/* A disk that is to be copied is not there yet. */
static bool is_about_to_come(const struct diagnostic *diagnostic, const struct disk_copies *disks)
{
    for (size_t i = 0; i < disks->count; i++) {
        auto_free char *start = xasprintf("'%s': ", disks->items[i].path);

        if (strcmp(diagnostic->code, "no-file") == 0 && starts_with(diagnostic->message, start))
            return true;
    }
    return false;
}

static int take_stdin(void *context, void *bytes, size_t length, struct error **error)
{
    char *at = bytes;

    (void)context;
    while (length) {
        ssize_t got = read(STDIN_FILENO, at, length);

        if (got == 0 || (got < 0 && errno != EINTR))
            return error_set(error, ERR_FILE, "the list of disks is cut off");
        at += got > 0 ? got : 0;
        length -= got > 0 ? (size_t)got : 0;
    }
    return 0;
}

/* The sender prints them with its own. */
static void add_problems(const struct diagnostics *diagnostics, const struct disk_copies *disks,
                         struct str *text)
{
    auto_problem_list problems = { NULL, 0 };

    disks_check(disks, "", &problems);
    for (size_t i = 0; i < problems.count; i++)
        far_answer_problem(text, &problems.items[i]);

    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct diagnostic *diagnostic = &diagnostics->items[i];

        if (is_about_to_come(diagnostic, disks))
            continue;
        problem_add(&problems, diagnostic->severity == SEVERITY_WARNING, diagnostic->code, "",
                    diagnostic->hint, "%s", diagnostic->message);
        far_answer_problem(text, &problems.items[problems.count - 1]);
    }
}

/* What 'xn migrate' asks before it moves a guest here. */
static int answer_check(const struct env *env, struct xen_host *host, bool with_disks,
                        const struct host_config *host_config, struct error **error)
{
    auto_disk_copies disks = { NULL, 0 };
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_host_info info = { 0 };
    auto_str text = STR_INIT, lines = STR_INIT;
    struct examination examination = { .host = host, .host_config = host_config };
    struct config_request request = { .file = "the stream",
                                      .host_config = host_config,
                                      .examine = examine,
                                      .context = &examination };
    libxl_domain_config config;
    auto_error ignored = NULL;
    int result;

    libxl_domain_config_init(&config);
    result = receive_config(host, STDIN_FILENO, &config, error);
    if (result == 0 && with_disks)
        result = disks_receive_list(take_stdin, NULL, &disks, error);
    if (result == 0) {
        (void)config_examine(&request, &config, &diagnostics, &ignored);
        result = xen_host_info(host, false, &info, error);
    }
    libxl_domain_config_dispose(&config);
    if (result < 0)
        return -1;
    add_problems(&diagnostics, &disks, &text);
    host_info_text(&info, NULL, &lines);
    far_answer_info(&text, str_text(&lines));
    far_answer_offers(&text);
    return output_text(env->out, str_text(&text), text.length, error);
}

/* What 'xn recover' asks. */
static int answer_report(const struct env *env, struct xen_host *host, const char *uuid,
                         struct error **error)
{
    auto_migration record = { 0 };
    auto_domain copy = { 0 };
    struct migration_view view;
    auto_str text = STR_INIT;

    if (recover_view(host, uuid, true, &record, &copy, &view, error) < 0)
        return -1;
    far_answer_view(&text, &view);
    return output_text(env->out, str_text(&text), text.length, error);
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct receive_args *args = data;

    (void)env;
    if (args->remus && args->colo)
        return error_set(error, ERR_USAGE, "--remus and --colo exclude each other");
    if ((args->colo_script || args->userspace_proxy) && !args->colo)
        return error_set(error, ERR_USAGE,
                         "--coloft-script and --userspace-colo-proxy need --colo");
    if ((args->compress || args->copy_disk) && (args->remus || args->colo))
        return error_set(error, ERR_USAGE, "--compress and --copy-disk are not for checkpoints");
    if (!args->report || (strlen(args->report) == UUID_TEXT_SIZE - 1 &&
                          strspn(args->report, "0123456789abcdef-") == UUID_TEXT_SIZE - 1))
        return 0;
    return error_set(error, ERR_USAGE, "'%s' is not a UUID in lower case", args->report);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct receive_args *args = data;
    auto_xen_host *host = NULL;
    auto_host_config host_config = { 0 };

    if ((!args->report && refuse_terminal(error) < 0) ||
        common_host_config(env, &host_config, error) < 0 || common_open_host(env, &host, error) < 0)
        return -1;
    if (args->report)
        return answer_report(env, host, args->report, error);
    if (args->check)
        return answer_check(env, host, args->copy_disk, &host_config, error);
    return receive(env, args, host, &host_config, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('e', "no-supervise", struct receive_args, unsupervised,
                "let nobody look after the guest"),
    OPTION_FLAG('p', "paused", struct receive_args, paused, "leave it paused"),
    OPTION_FLAG('d', "dump", struct receive_args, dump,
                "print its configuration as JSON on stderr"),
    OPTION_FLAG('r', "remus", struct receive_args, remus,
                "take checkpoints, and go on when the sender is gone"),
    OPTION_FLAG(0, "colo", struct receive_args, colo, "the same by COLO"),
    OPTION_TEXT(0, "coloft-script", struct receive_args, colo_script, KIND_FILE, "SCRIPT",
                "set COLO's proxy up by this"),
    OPTION_FLAG(0, "userspace-colo-proxy", struct receive_args, userspace_proxy,
                "use QEMU's proxy for COLO"),
    OPTION_FLAG(0, "compress", struct receive_args, compress, "the stream is compressed"),
    OPTION_FLAG(0, "copy-disk", struct receive_args, copy_disk, "disks come first"),
    OPTION_FLAG(0, "check", struct receive_args, check,
                "only say whether the guest could run here"),
    OPTION_TEXT(0, "report", struct receive_args, report, KIND_TEXT, "UUID",
                "only say what is here of a guest"),
    OPTION_FLAG_HIDDEN('F', NULL, struct receive_args, foreground, "accepted and ignored"),
    OPTION_END,
};

static const struct example examples[] = {
    { "migrate-receive", "what 'xn migrate' runs on the other host" },
    { NULL, NULL },
};

const struct command cmd_migrate_receive = {
    .name = "migrate-receive",
    .group = GROUP_LIFECYCLE,
    .summary = "receive a guest that another host sends",
    .description = "Speaks the protocol of migrations on stdin and stdout; 'xn migrate' and\n"
                   "'xl migrate' of another host start it. It is not for people.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES,
    .options = options,
    .args_size = sizeof(struct receive_args),
    .check = check,
    .run = run,
};
