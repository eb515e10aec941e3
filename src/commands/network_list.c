/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn network-list: the network interfaces of guests. */
#include "commands/device_list.h"
#include "commands/registry.h"
#include "model/nic.h"
#include "xen/nic.h"

static int run(struct env *env, void *data, struct error **error)
{
    static const struct device_listing listing = {
        .command = "network-list",
        .table = &nic_columns,
        .xl_columns = nic_xl_columns,
        .xl_count = NIC_XL_COLUMNS,
        .xl_ends_at_unknown = true,
        .collect = xen_nic_list,
    };
    const struct device_list_args *args = data;

    return device_list_run(env, &listing, &args->domains, error);
}

static const struct example examples[] = {
    { "network-list web", "the interfaces of one guest, in xl's layout" },
    { "network-list --columns default", "of all guests: bridges, traffic, states in words" },
    { "network-list --json web db", "everything that is known, as JSON" },
    { "network-list --filter 'bridge=xenbr0' --columns domain,mac", "who is on a bridge" },
    { NULL, NULL },
};

const struct command cmd_network_list = {
    .name = "network-list",
    .group = GROUP_DEVICES,
    .summary = "list network interfaces of guests",
    .description = "One line each, of the domains that are named or of all. The default layout is\n"
                   "that of xl; --columns, --json and --csv show names, bridges and traffic.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &nic_columns,
    .run = run,
};
