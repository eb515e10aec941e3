/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn usbdev-attach and usbdev-detach: USB devices of the host in the controllers of guests. */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/pv_change.h"
#include "commands/registry.h"
#include "model/usb.h"
#include "xen/small_device.h"
#include "xen/usb.h"

/* A guest's controller has 31 ports at most. */
#define PORT_MAX 31

static int check_device_attach(const struct env *env, void *data, struct error **error)
{
    const struct pv_attach_args *args = data;

    (void)env;
    if (common_check_domain_words(&cmd_usbdev_attach, args, error) < 0)
        return -1;
    return device_change_check("usbdev", &args->words, error);
}

static int attach_device(struct env *env, struct xen_host *host, struct outcome *outcome,
                         void *context, struct error **error)
{
    const struct pv_attach_args *args = context;
    libxl_domain_config config;
    libxl_device_usbdev *usbdev;
    int result;

    libxl_domain_config_init(&config);
    result = device_change_read(env, "usbdev-attach", "usbdev", &args->words, outcome->domain.type,
                                &config, error);
    usbdev = config.usbdevs;
    if (result == 0 && (args->dry_run || env->dry_run)) {
        result = device_change_print(env, "usbdev", libxl_device_usbdev_to_json(NULL, usbdev),
                                     outcome, error);
    } else if (result == 0) {
        outcome->result = "attached";
        result = xen_usbdev_attach(host, &outcome->domain, usbdev, args->timeout_ms, error);
        if (result == 0)
            outcome->device = xasprintf("usbctrl %d port %d", usbdev->ctrl, usbdev->port);
    }
    libxl_domain_config_dispose(&config);
    return result;
}

static int run_device_attach(struct env *env, void *data, struct error **error)
{
    const struct pv_attach_args *args = data;
    struct device_change change = {
        .action = "usbdev-attach",
        .domain = args->domain,
        .not_domain0 = "attach USB devices to",
        .change = attach_device,
        .context = data,
    };

    return device_change_run(env, &change, error);
}

static void complete_device_attach(enum value_kind kind, const struct string_list *arguments,
                                   const char *prefix, struct string_list *list)
{
    if (kind != KIND_PART || arguments->count == 0)
        return;
    pv_complete_parts("usbdev", arguments, prefix, list);
    if (arguments->count == 1)
        xen_usb_host_devices(list);
}

struct usbdev_detach_args {
    uint64_t timeout_ms;
    const char *domain, *controller, *port;
};

static void prepare_device_detach(void *data)
{
    ((struct usbdev_detach_args *)data)->timeout_ms = DEADLINE_NEVER;
}

static int parse_place(const struct usbdev_detach_args *args, uint64_t *controller, uint64_t *port,
                       struct error **error)
{
    if (!parse_uint(args->controller, INT32_MAX, controller)) {
        error_set(error, ERR_USAGE, "CONTROLLER: '%s' is not the number of a USB controller",
                  args->controller);
        return error_hint(error, "give a whole number from 0 on; 'xn usb-list' shows them");
    }
    if (parse_uint(args->port, PORT_MAX, port) && *port > 0)
        return 0;
    error_set(error, ERR_USAGE, "PORT: '%s' is not the number of a port", args->port);
    return error_hint(
        error, "give a whole number from 1 to %d; 'xn usb-list' shows what is in them", PORT_MAX);
}

static int check_device_detach(const struct env *env, void *data, struct error **error)
{
    uint64_t controller, port;

    (void)env;
    if (common_check_domain_words(&cmd_usbdev_detach, data, error) < 0)
        return -1;
    return parse_place(data, &controller, &port, error);
}

static int detach_device(struct env *env, struct xen_host *host, struct outcome *outcome,
                         void *context, struct error **error)
{
    const struct usbdev_detach_args *args = context;
    uint64_t controller, port;

    (void)env;
    if (parse_place(args, &controller, &port, error) < 0)
        return -1;
    outcome->device = xasprintf("usbctrl %d port %d", (int)controller, (int)port);
    outcome->result = "detached";
    return xen_usbdev_detach(host, &outcome->domain, (int)controller, (int)port, args->timeout_ms,
                             error);
}

static int run_device_detach(struct env *env, void *data, struct error **error)
{
    const struct usbdev_detach_args *args = data;
    struct device_change change = {
        .action = "usbdev-detach",
        .domain = args->domain,
        .not_domain0 = "detach USB devices from",
        .change = detach_device,
        .context = data,
    };

    return device_change_run(env, &change, error);
}

/* The controllers that have something, then their ports that do. */
static void complete_device_detach(enum value_kind kind, const struct string_list *arguments,
                                   const char *prefix, struct string_list *list)
{
    static const struct device_listing listing = { .collect = xen_usb_collect };
    auto_device_rows rows = DEVICE_ROWS_INIT;

    (void)prefix;
    if (kind != KIND_DEVICE || arguments->count > 2 ||
        !pv_complete_rows(&listing, arguments, &rows))
        return;
    for (size_t i = 0; i < rows.count; i++) {
        const struct usb_controller *controller = rows.items[i];
        auto_free char *devid = xasprintf("%d", controller->device.devid);

        if (arguments->count == 1 && controller->device_words.count)
            string_list_add(list, devid);
        if (arguments->count == 1 || strcmp(arguments->items[1], devid) != 0)
            continue;
        for (size_t port = 0; port < controller->port_count; port++)
            if (controller->ports[port].used)
                string_list_take(list, xasprintf("%zu", port + 1));
    }
}

static const struct option_spec device_detach_options[] = {
    OPTION_NUMBER(0, "timeout", struct usbdev_detach_args, timeout_ms, KIND_DURATION, "TIME",
                  "give up after this time"),
    OPTION_END,
};

static const struct argument_spec device_detach_arguments[] = {
    ARGUMENT("DOMAIN", struct usbdev_detach_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("CONTROLLER", struct usbdev_detach_args, controller, KIND_DEVICE,
             "number of the controller, from 0"),
    ARGUMENT("PORT", struct usbdev_detach_args, port, KIND_DEVICE, "number of the port, from 1"),
    ARGUMENT_END,
};

static const struct example device_attach_examples[] = {
    { "usbdev-attach web hostbus=1 hostaddr=3", "a device of the host, into a free port" },
    { "usbdev-attach web hostbus=1 hostaddr=3 controller=0 port=2", "into a certain port" },
    { NULL, NULL },
};

static const struct example device_detach_examples[] = {
    { "usbdev-detach web 0 2", "what is in port 2 of the first controller" },
    { NULL, NULL },
};

const struct command cmd_usbdev_attach = {
    .name = "usbdev-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a USB device of the host",
    .description =
        "hostbus=N and hostaddr=N say which, with the numbers of lsusb. controller=N and\n"
        "port=N say where to; without them it goes into a free port, and a guest\n"
        "without a controller is given one.",
    .examples = device_attach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_DRY_RUN,
    .options = pv_attach_options,
    .arguments = pv_attach_arguments,
    .args_size = sizeof(struct pv_attach_args),
    .columns = &outcome_columns,
    .prepare = pv_attach_prepare,
    .check = check_device_attach,
    .complete = complete_device_attach,
    .run = run_device_attach,
};

const struct command cmd_usbdev_detach = {
    .name = "usbdev-detach",
    .group = GROUP_DEVICES,
    .summary = "take a USB device of the host back from a guest",
    .description = "Its driver on the host gets it again.",
    .examples = device_detach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = device_detach_options,
    .arguments = device_detach_arguments,
    .args_size = sizeof(struct usbdev_detach_args),
    .columns = &outcome_columns,
    .prepare = prepare_device_detach,
    .check = check_device_detach,
    .complete = complete_device_detach,
    .run = run_device_detach,
};
