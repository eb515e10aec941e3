/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vm-list: guests by their UUIDs. */
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "model/vm.h"
#include "out/listing.h"
#include "xen/domain.h"

static int run(struct env *env, void *data, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_domain_list list = { NULL, 0 };
    auto_free const void **rows = NULL;
    struct listing listing = {
        .table = &vm_columns,
        .xl_columns = vm_xl_columns,
        .xl_count = VM_XL_COLUMNS,
    };

    (void)data;
    if (common_open_host_to_ask(env, &host, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES | DETAIL_STUBDOM, &list, error) < 0)
        return -1;
    rows = xcalloc(list.count, sizeof(*rows));
    listing.rows = rows;
    for (size_t i = 0; i < list.count; i++)
        if (!list.domains[i].stubdom)
            rows[listing.count++] = &list.domains[i];
    return listing_print(&listing, &env->output, env->out, error);
}

static const struct example examples[] = {
    { "vm-list", "domain 0 and all guests, in xl's layout" },
    { "vm-list --json", "the same for programs" },
    { "vm-list --filter name=web --columns uuid --no-header", "the UUID of one guest" },
    { NULL, NULL },
};

const struct command cmd_vm_list = {
    .name = "vm-list",
    .group = GROUP_INFORMATION,
    .summary = "list guests by their UUIDs",
    .description = "Stub domains are left out: each is a part of a guest that is listed.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .columns = &vm_columns,
    .run = run,
};
