/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn block-list: the disks of guests. */
#include "commands/device_list.h"
#include "commands/registry.h"
#include "model/disk.h"
#include "xen/disk.h"

static int run(struct env *env, void *data, struct error **error)
{
    static const struct device_listing listing = {
        .command = "block-list",
        .table = &disk_columns,
        .xl_columns = disk_xl_columns,
        .xl_count = DISK_XL_COLUMNS,
        .collect = xen_disk_list,
    };
    const struct device_list_args *args = data;

    return device_list_run(env, &listing, &args->domains, error);
}

static const struct example examples[] = {
    { "block-list web", "the disks of one guest, in xl's layout" },
    { "block-list --columns default", "of all guests: names, paths, formats, sizes" },
    { "block-list --json web db", "everything that is known, as JSON" },
    { "block-list --filter 'path=/dev/vg/web'", "who has this volume" },
    { NULL, NULL },
};

const struct command cmd_block_list = {
    .name = "block-list",
    .group = GROUP_DEVICES,
    .summary = "list disks of guests",
    .description = "One line each, of the domains that are named or of all. The default layout is\n"
                   "that of xl; --columns, --json and --csv show names, paths and sizes.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &disk_columns,
    .run = run,
};
