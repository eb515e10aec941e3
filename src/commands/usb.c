/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn usb-list, usbctrl-attach and usbctrl-detach: USB controllers of guests. */
#include "commands/pv_change.h"
#include "commands/registry.h"
#include "model/usb.h"
#include "xen/small_device.h"

static const struct device_listing listing = {
    .command = "usb-list",
    .table = &usb_columns,
    .xl_columns = usb_xl_columns,
    .xl_count = USB_XL_COLUMNS,
    .xl_ends_at_unknown = true,
    .collect = xen_usb_collect,
};

static int run_list(struct env *env, void *data, struct error **error)
{
    const struct device_list_args *args = data;

    return pv_list_run_untitled(env, &listing, &args->domains, error);
}

static int check_controller_attach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_attach_check(&cmd_usbctrl_attach, &pv_kind_usbctrl, data, error);
}

static int run_controller_attach(struct env *env, void *data, struct error **error)
{
    return pv_attach_run(env, "usbctrl-attach", &pv_kind_usbctrl, data, error);
}

static void complete_controller_attach(enum value_kind kind, const struct string_list *arguments,
                                       const char *prefix, struct string_list *list)
{
    if (kind == KIND_PART)
        pv_complete_parts("usbctrl", arguments, prefix, list);
}

static int check_controller_detach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_detach_check(&cmd_usbctrl_detach, &pv_kind_usbctrl, data, error);
}

static int run_controller_detach(struct env *env, void *data, struct error **error)
{
    return pv_detach_run(env, "usbctrl-detach", &pv_kind_usbctrl, data, NULL, error);
}

static void complete_controller_detach(enum value_kind kind, const struct string_list *arguments,
                                       const char *prefix, struct string_list *list)
{
    (void)prefix;
    if (kind == KIND_DEVICE)
        pv_complete_devids(&listing, arguments, list);
}

static const struct example list_examples[] = {
    { "usb-list web", "the controllers of one guest and what is in their ports" },
    { "usb-list --columns domain,devices", "which devices of the host all guests have" },
    { NULL, NULL },
};

static const struct example controller_attach_examples[] = {
    { "usbctrl-attach web", "a controller of the kind that suits the guest" },
    { "usbctrl-attach web type=devicemodel version=3 ports=4", "one for USB 3, by QEMU" },
    { NULL, NULL },
};

static const struct example controller_detach_examples[] = {
    { "usbctrl-detach web 0", "the first controller, with what is in its ports" },
    { NULL, NULL },
};

const struct command cmd_usb_list = {
    .name = "usb-list",
    .group = GROUP_DEVICES,
    .summary = "list the USB controllers of guests and their devices",
    .description = "Shows the controllers of all guests, or of those that are named, each with\n"
                   "the host's devices in its ports. The default layout is that of xl, which\n"
                   "has the numbers of bus and device in hexadecimal; --columns, --json and\n"
                   "--csv have them as usbdev-attach takes them.",
    .examples = list_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &usb_columns,
    .run = run_list,
};

const struct command cmd_usbctrl_attach = {
    .name = "usbctrl-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a USB controller",
    .description = "PART is one of type=KIND, version=N and ports=N. 'xn explain usbctrl' says\n"
                   "more.",
    .examples = controller_attach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_DRY_RUN,
    .options = pv_attach_options,
    .arguments = pv_attach_optional_arguments,
    .args_size = sizeof(struct pv_attach_args),
    .columns = &outcome_columns,
    .prepare = pv_attach_prepare,
    .check = check_controller_attach,
    .complete = complete_controller_attach,
    .run = run_controller_attach,
};

const struct command cmd_usbctrl_detach = {
    .name = "usbctrl-detach",
    .group = GROUP_DEVICES,
    .summary = "take a USB controller away from a guest",
    .description = "The devices in its ports go back to the host first.",
    .examples = controller_detach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = pv_detach_options,
    .arguments = pv_detach_arguments,
    .args_size = sizeof(struct pv_detach_args),
    .columns = &outcome_columns,
    .prepare = pv_detach_prepare,
    .check = check_controller_detach,
    .complete = complete_controller_detach,
    .run = run_controller_detach,
};
