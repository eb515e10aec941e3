/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Setting a new guest going; see launch.h. */
#include "commands/launch.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/config_input.h"
#include "migrate/restored.h"
#include "out/message.h"
#include "out/progress.h"
#include "supervise/daemon.h"
#include "xen/console.h"
#include "xen/domain.h"
#include "xen/facts.h"
#include "xen/life.h"
#include "xen/mark.h"
#include "xen/origin.h"
#include "xen/viewer.h"

/* xl.conf's masks take CPUs away from the guest, also in a dry run. */
static int apply_masks(const struct launch_input *input, libxl_domain_config *config,
                       struct error **error)
{
    struct host_facts facts;

    if (input->any_cpu || !input->host)
        return 0;
    if (xen_host_facts(input->host, &facts, error) < 0)
        return -1;
    return config_apply_cpu_masks(config, input->host_config, &facts, error);
}

int launch_read_config(const struct launch_input *input, libxl_domain_config *config,
                       struct error **error)
{
    auto_string_list files = STRING_LIST_INIT, assignments = STRING_LIST_INIT;
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_free char *context = xasprintf("%s: ", input->action);
    struct config_request request = {
        .file = input->file,
        .assignments = &assignments,
        .host_config = input->host_config,
        .strict = input->strict,
    };
    int result;

    config_words_split(input->words, &files, &assignments);
    if (input->env->as_xl && !input->quiet)
        fprintf(input->env->err, "Parsing config from %s\n", request.file);
    result = config_input_read(input->host, &request, &diagnostics, config, error);
    common_print_diagnostics(input->env, context, &diagnostics, input->quiet);
    return result < 0 ? -1 : apply_masks(input, config, error);
}

int launch_check(const struct launch_options *options, struct error **error)
{
    if (!options->unsupervised || !options->foreground)
        return 0;
    error_set(error, ERR_USAGE, "-e and -F exclude each other");
    return error_hint(error, "-e: nobody looks after the guest; -F: this command does");
}

/* A viewer that cannot be started is no reason to take the guest away. */
static void show_screen(const struct launch *launch, uint32_t domid)
{
    auto_error error = NULL;

    if (!launch->options->viewer && !launch->options->viewer_password)
        return;
    if (xen_viewer_start(launch->host, domid, launch->options->viewer_password, &error) < 0)
        message_error(launch->env->err, launch->env->output.format, launch->env->program,
                      launch->action, error);
}

/* From here on there is a paused guest; whatever fails takes it away again. */
static int start_supervised(const struct launch *launch, const struct domain *domain,
                            struct error **error)
{
    xen_origin_note(launch->host, domain->domid, launch->file);
    if (!launch->options->unsupervised && !launch->options->foreground) {
        if (xen_mark_set(launch->host, domain->domid, domain->uuid, error) < 0 ||
            daemon_ensure(error) < 0)
            return -1;
    }
    if (!launch->options->paused && xen_life_unpause(launch->host, domain->domid, error) < 0)
        return -1;
    if (launch->restore)
        restored_note(domain->uuid, launch->saved_fd);
    show_screen(launch, domain->domid);
    return 0;
}

/* -F: this process looks after the guest until it is gone. */
static int look_after(const struct launch *launch, const struct domain *domain,
                      struct error **error)
{
    struct supervisor_wait wait = { .extra_fd = -1, .until_idle = true };
    struct supervisor *supervisor =
        supervisor_new(launch->host, launch->host_config, launch->env->err);
    int result = supervisor_adopt(supervisor, domain, error);

    if (result == 0)
        result = start_supervised(launch, domain, error);
    if (result < 0)
        (void)xen_life_destroy(launch->host, domain->domid, NULL);
    else
        result = supervisor_run(supervisor, &wait, error);
    if (result == 0 && interrupt_signal())
        result =
            error_set(error, ERR_INTERRUPTED,
                      "interrupted; domain %u goes on, and nobody looks after it", domain->domid);
    supervisor_free(supervisor);
    return result;
}

static int start(const struct launch *launch, const struct created *created, struct domain *domain,
                 struct error **error)
{
    int result = xen_domain_get(launch->host, created->domid, domain, error);

    if (result == 0 && launch->options->foreground)
        return look_after(launch, domain, error);
    if (result == 0)
        result = start_supervised(launch, domain, error);
    if (result < 0)
        (void)xen_life_destroy(launch->host, created->domid, NULL);
    return result;
}

struct step {
    struct progress progress;
    const struct launch *launch;
};

static void show_step(void *context, const char *text)
{
    struct step *step = context;

    progress_show(&step->progress, "%s: %s ...", step->launch->action, text);
}

int launch_guest(const struct launch *launch, struct outcome *outcome, struct error **error)
{
    struct step step = { .launch = launch };
    struct create_options options = {
        .host_config = launch->host_config,
        .console = launch->options->console,
        .restore = launch->restore,
        .on_step = launch->options->console ? NULL : show_step,
        .context = &step,
    };
    struct created created = { 0 };
    uint64_t started_ms = clock_ms();
    int result;

    progress_init(&step.progress, launch->env->err, launch->env->progress_lines);
    result = xen_domain_create(launch->host, launch->config, &options, &created, error);
    progress_clear(&step.progress);
    if (result == 0 && launch->unpacker)
        pump_stop(launch->unpacker);
    if (result == 0)
        result = start(launch, &created, &outcome->domain, error);
    outcome->result = "done";
    outcome->duration_ms = clock_ms() - started_ms;
    xen_console_wait(created.console);
    return result;
}

int launch_and_report(const struct launch *launch, struct error **error)
{
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome =
        outcome_list_add(&outcomes, launch->action, launch->config->c_info.name);

    if (interrupt_catch(error) < 0)
        return -1;
    (void)launch_guest(launch, outcome, &outcome->error);
    interrupt_release();
    return common_report(launch->env, &outcomes, error);
}
