/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn supervise: looks after xn's guests until it is told to stop. */
#include <stdlib.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "supervise/daemon.h"
#include "supervise/status.h"

struct supervise_args {
    bool on_demand, status;
    uint64_t ready_fd;
};

#define NO_READY_FD UINT64_MAX

static void prepare(void *data)
{
    ((struct supervise_args *)data)->ready_fd = NO_READY_FD;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct supervise_args *args = data;

    if (args->status && args->on_demand)
        return error_set(error, ERR_USAGE, "--status and --on-demand exclude each other");
    if (args->status || (env->output.format == FORMAT_DEFAULT && !env->output.columns.count &&
                         !env->output.sort.count && !env->output.filters.count))
        return 0;
    error_set(error, ERR_USAGE, "the supervisor itself has no listing");
    return error_hint(error, "--status tells of the one that is running");
}

static int print_status(struct env *env, struct error **error)
{
    auto_error reason = NULL;
    auto_supervised_list list = { NULL, 0 };
    auto_free const void **rows = NULL;
    auto_free char *text = NULL;
    struct listing listing = { .table = &supervised_columns };

    if (daemon_status(&text, &reason) < 0) {
        auto_xen_host *host = NULL;

        /* Where there is no Xen, that is the answer. */
        if (reason->code == ERR_FAILED && common_open_host(env, &host, error) < 0)
            return -1;
        return error_move(error, TAKE(reason));
    }
    supervised_parse(text, &list);
    rows = xcalloc(list.count, sizeof(*rows));
    for (; listing.count < list.count; listing.count++)
        rows[listing.count] = &list.items[listing.count];
    listing.rows = rows;
    return listing_print(&listing, &env->output, env->out, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    struct supervise_args *args = data;
    struct daemon_options options = { .on_demand = args->on_demand, .ready_fd = -1 };
    auto_host_config host_config = { 0 };
    auto_xen_host *host = NULL;
    struct supervisor *supervisor;
    int result;

    if (args->status)
        return print_status(env, error);
    if (args->ready_fd != NO_READY_FD)
        options.ready_fd = (int)args->ready_fd;
    if (common_host_config(env, &host_config, error) < 0 ||
        common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    supervisor = supervisor_new(host, &host_config, env->out);
    result = daemon_run(supervisor, &options, error);
    supervisor_free(supervisor);
    interrupt_release();
    return result;
}

static const struct option_spec options[] = {
    OPTION_FLAG(0, "on-demand", struct supervise_args, on_demand,
                "end when no guest is left to look after"),
    OPTION_FLAG(0, "status", struct supervise_args, status,
                "list the guests of the supervisor that is running"),
    { .name = "ready-fd",
      .kind = KIND_UINT,
      .hidden = true,
      .placeholder = "FD",
      .offset = FIELD(struct supervise_args, ready_fd, uint64_t),
      .help = "write a byte here when all guests are looked after" },
    OPTION_END,
};

static const struct example examples[] = {
    { "supervise", "look after all guests of xn, in the foreground" },
    { "supervise --status", "whom the running supervisor looks after" },
    { NULL, NULL },
};

const struct command cmd_supervise = {
    .name = "supervise",
    .group = GROUP_SUPERVISION,
    .summary = "look after guests: reboot, crash, poweroff",
    .description =
        "Waits for guests that xn created to shut down and does what their on_poweroff,\n"
        "on_reboot, on_crash, on_watchdog and on_soft_reset keys say. One line per\n"
        "event goes to stdout. There is one supervisor on a host; 'xn create' starts it\n"
        "when there is none. Guests of xl are left alone.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_LISTS,
    .options = options,
    .args_size = sizeof(struct supervise_args),
    .columns = &supervised_columns,
    .prepare = prepare,
    .check = check,
    .run = run,
};
