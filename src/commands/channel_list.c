/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn channel-list: consoles with a name between guests and their host. */
#include "commands/device_list.h"
#include "commands/registry.h"
#include "model/channel.h"
#include "xen/small_device.h"

static const struct device_listing listing = {
    .command = "channel-list",
    .table = &channel_columns,
    .xl_columns = channel_xl_columns,
    .xl_count = CHANNEL_XL_COLUMNS,
    .xl_ends_at_unknown = true,
    .collect = xen_channel_collect,
};

static int run(struct env *env, void *data, struct error **error)
{
    const struct device_list_args *args = data;

    return device_list_run(env, &listing, &args->domains, error);
}

static const struct example examples[] = {
    { "channel-list", "those of all guests, in xl's layout" },
    { "channel-list web --columns name,path --no-header", "where each of them leads to" },
    { NULL, NULL },
};

const struct command cmd_channel_list = {
    .name = "channel-list",
    .group = GROUP_DEVICES,
    .summary = "list the channels of guests",
    .description =
        "A channel is a console with a name, for a program in the guest to talk to one\n"
        "on the host. Shows those of all guests, or of those that are named. The default\n"
        "layout is that of xl; --columns, --json and --csv show more.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &channel_columns,
    .run = run,
};
