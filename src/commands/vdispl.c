/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vdispl-attach, vdispl-list and vdispl-detach: virtual displays of guests. */
#include "commands/pv_change.h"
#include "commands/registry.h"
#include "model/vdispl.h"
#include "xen/small_device.h"

static const struct device_listing listing = {
    .command = "vdispl-list",
    .table = &vdispl_columns,
    .xl_columns = vdispl_xl_columns,
    .xl_count = VDISPL_XL_COLUMNS,
    .collect = xen_vdispl_collect,
};

static int run_list(struct env *env, void *data, struct error **error)
{
    const struct device_list_args *args = data;

    return pv_list_run_untitled(env, &listing, &args->domains, error);
}

static int check_attach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_attach_check(&cmd_vdispl_attach, &pv_kind_vdispl, data, error);
}

static int run_attach(struct env *env, void *data, struct error **error)
{
    return pv_attach_run(env, "vdispl-attach", &pv_kind_vdispl, data, error);
}

static void complete_attach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    if (kind == KIND_PART)
        pv_complete_parts("vdispl", arguments, prefix, list);
}

static int check_detach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_detach_check(&cmd_vdispl_detach, &pv_kind_vdispl, data, error);
}

static int run_detach(struct env *env, void *data, struct error **error)
{
    return pv_detach_run(env, "vdispl-detach", &pv_kind_vdispl, data, NULL, error);
}

static void complete_detach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    (void)prefix;
    if (kind == KIND_DEVICE)
        pv_complete_devids(&listing, arguments, list);
}

static const struct example attach_examples[] = {
    { "vdispl-attach web backend=driver connectors=id0:1920x1080", "a display with one screen" },
    { "vdispl-attach web connectors=id0:800x600 -n", "what would be attached" },
    { NULL, NULL },
};

static const struct example list_examples[] = {
    { "vdispl-list", "those of all guests, in xl's layout" },
    { "vdispl-list web --json", "those of one guest, for programs" },
    { NULL, NULL },
};

static const struct example detach_examples[] = {
    { "vdispl-detach web 0", "the first display of the guest web" },
    { NULL, NULL },
};

const struct command cmd_vdispl_attach = {
    .name = "vdispl-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a virtual display",
    .description =
        "PART is one of connectors=ID:WIDTHxHEIGHT, which must be there and may have\n"
        "several with ';' between them, backend=DOMAIN and be-alloc=1. 'xn explain vdispl'\n"
        "says more.",
    .examples = attach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_DRY_RUN,
    .options = pv_attach_options,
    .arguments = pv_attach_arguments,
    .args_size = sizeof(struct pv_attach_args),
    .columns = &outcome_columns,
    .prepare = pv_attach_prepare,
    .check = check_attach,
    .complete = complete_attach,
    .run = run_attach,
};

const struct command cmd_vdispl_list = {
    .name = "vdispl-list",
    .group = GROUP_DEVICES,
    .summary = "list the virtual displays of guests",
    .description =
        "Shows the displays of all guests, or of those that are named, with a line for\n"
        "each screen. The default layout is that of xl; --columns, --json and --csv show\n"
        "more.",
    .examples = list_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &vdispl_columns,
    .run = run_list,
};

const struct command cmd_vdispl_detach = {
    .name = "vdispl-detach",
    .group = GROUP_DEVICES,
    .summary = "take a virtual display away from a guest",
    .description = "Asks the guest to let go of it first. When it does not in time, the device is\n"
                   "still there and the error says so; --force does not ask.",
    .examples = detach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = pv_detach_options,
    .arguments = pv_detach_arguments,
    .args_size = sizeof(struct pv_detach_args),
    .columns = &outcome_columns,
    .prepare = pv_detach_prepare,
    .check = check_detach,
    .complete = complete_detach,
    .run = run_detach,
};
