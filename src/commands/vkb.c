/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vkb-attach, vkb-list and vkb-detach: virtual keyboards of guests. */
#include "commands/pv_change.h"
#include "commands/registry.h"
#include "model/vkb.h"
#include "xen/small_device.h"

static const struct device_listing listing = {
    .command = "vkb-list",
    .table = &vkb_columns,
    .xl_columns = vkb_xl_columns,
    .xl_count = VKB_XL_COLUMNS,
    .xl_ends_at_unknown = true,
    .collect = xen_vkb_collect,
};

static int run_list(struct env *env, void *data, struct error **error)
{
    const struct device_list_args *args = data;

    return device_list_run(env, &listing, &args->domains, error);
}

static int check_attach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_attach_check(&cmd_vkb_attach, &pv_kind_vkb, data, error);
}

static int run_attach(struct env *env, void *data, struct error **error)
{
    return pv_attach_run(env, "vkb-attach", &pv_kind_vkb, data, error);
}

static void complete_attach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    if (kind == KIND_PART)
        pv_complete_parts("vkb", arguments, prefix, list);
}

static int check_detach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_detach_check(&cmd_vkb_detach, &pv_kind_vkb, data, error);
}

static int run_detach(struct env *env, void *data, struct error **error)
{
    return pv_detach_run(env, "vkb-detach", &pv_kind_vkb, data, NULL, error);
}

static void complete_detach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    (void)prefix;
    if (kind == KIND_DEVICE)
        pv_complete_devids(&listing, arguments, list);
}

static const struct example attach_examples[] = {
    { "vkb-attach web backend-type=linux unique-id=kbd0", "a keyboard and a mouse" },
    { "vkb-attach web backend-type=linux feature-disable-keyboard=1 -n",
      "what a mouse alone would be" },
    { NULL, NULL },
};

static const struct example list_examples[] = {
    { "vkb-list", "those of all guests, in xl's layout" },
    { "vkb-list web --columns devid,unique_id,state", "what they are and whether they work" },
    { NULL, NULL },
};

static const struct example detach_examples[] = {
    { "vkb-detach web 0", "the first keyboard of the guest web" },
    { NULL, NULL },
};

const struct command cmd_vkb_attach = {
    .name = "vkb-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a virtual keyboard",
    .description =
        "A PART is KEY=VALUE as in the key vkb of a configuration; backend-type must be\n"
        "among them. 'xn explain vkb' lists them.",
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

const struct command cmd_vkb_list = {
    .name = "vkb-list",
    .group = GROUP_DEVICES,
    .summary = "list the virtual keyboards of guests",
    .description = "Shows the keyboards and mice of all guests, or of those that are named, one\n"
                   "line each. The default layout is that of xl; --columns, --json and --csv show\n"
                   "more.",
    .examples = list_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &vkb_columns,
    .run = run_list,
};

const struct command cmd_vkb_detach = {
    .name = "vkb-detach",
    .group = GROUP_DEVICES,
    .summary = "take a virtual keyboard away from a guest",
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
