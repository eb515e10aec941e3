/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vsnd-attach, vsnd-list and vsnd-detach: virtual sound cards of guests. */
#include "commands/pv_change.h"
#include "commands/registry.h"
#include "model/vsnd.h"
#include "xen/small_device.h"

static const struct device_listing listing = {
    .command = "vsnd-list",
    .table = &vsnd_columns,
    .xl_columns = vsnd_xl_columns,
    .xl_count = VSND_XL_COLUMNS,
    .collect = xen_vsnd_collect,
};

static int run_list(struct env *env, void *data, struct error **error)
{
    const struct device_list_args *args = data;

    return pv_list_run_untitled(env, &listing, &args->domains, error);
}

static int check_attach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_attach_check(&cmd_vsnd_attach, &pv_kind_vsnd, data, error);
}

static int run_attach(struct env *env, void *data, struct error **error)
{
    return pv_attach_run(env, "vsnd-attach", &pv_kind_vsnd, data, error);
}

static void complete_attach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    if (kind == KIND_PART)
        pv_complete_parts("vsnd", arguments, prefix, list);
}

static int check_detach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_detach_check(&cmd_vsnd_detach, &pv_kind_vsnd, data, error);
}

static int run_detach(struct env *env, void *data, struct error **error)
{
    return pv_detach_run(env, "vsnd-detach", &pv_kind_vsnd, data, NULL, error);
}

static void complete_detach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    (void)prefix;
    if (kind == KIND_DEVICE)
        pv_complete_devids(&listing, arguments, list);
}

static const struct argument_spec attach_arguments[] = {
    ARGUMENT("DOMAIN", struct pv_attach_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENTS("ITEM", struct pv_attach_args, words, KIND_PART, "CARD, PCM or STREAM and its keys"),
    ARGUMENT_END,
};

static const struct example attach_examples[] = {
    { "vsnd-attach web 'CARD, short-name=Main' PCM 'STREAM, type=p'", "a card that plays" },
    { NULL, NULL },
};

static const struct example list_examples[] = {
    { "vsnd-list", "those of all guests, in xl's layout" },
    { "vsnd-list web --columns devid,short_name,streams", "what they offer" },
    { NULL, NULL },
};

static const struct example detach_examples[] = {
    { "vsnd-detach web 0", "the first sound card of the guest web" },
    { NULL, NULL },
};

const struct command cmd_vsnd_attach = {
    .name = "vsnd-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a virtual sound card",
    .description =
        "An ITEM is 'CARD, KEY=VALUE ...', 'PCM, ...' or 'STREAM, ...': a stream belongs\n"
        "to the PCM before it. 'xn explain vsnd' lists the keys.",
    .examples = attach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_DRY_RUN,
    .options = pv_attach_options,
    .arguments = attach_arguments,
    .args_size = sizeof(struct pv_attach_args),
    .columns = &outcome_columns,
    .prepare = pv_attach_prepare,
    .check = check_attach,
    .complete = complete_attach,
    .run = run_attach,
};

const struct command cmd_vsnd_list = {
    .name = "vsnd-list",
    .group = GROUP_DEVICES,
    .summary = "list the virtual sound cards of guests",
    .description =
        "Shows the sound cards of all guests, or of those that are named, with lines for\n"
        "what they offer. The default layout is that of xl; --columns, --json and --csv\n"
        "show more.",
    .examples = list_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &vsnd_columns,
    .run = run_list,
};

const struct command cmd_vsnd_detach = {
    .name = "vsnd-detach",
    .group = GROUP_DEVICES,
    .summary = "take a virtual sound card away from a guest",
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
