/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn supervise: looks after xn's guests until it is told to stop. */
#include <unistd.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "supervise/daemon.h"

struct supervise_args {
    bool on_demand;
    uint64_t ready_fd;
};

#define NO_READY_FD UINT64_MAX

static void prepare(void *data)
{
    ((struct supervise_args *)data)->ready_fd = NO_READY_FD;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct supervise_args *args = data;
    struct daemon_options options = { .on_demand = args->on_demand, .ready_fd = -1 };
    auto_host_config host_config = { 0 };
    auto_xen_host *host = NULL;
    struct supervisor *supervisor;
    int result;

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
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES,
    .options = options,
    .args_size = sizeof(struct supervise_args),
    .prepare = prepare,
    .run = run,
};
