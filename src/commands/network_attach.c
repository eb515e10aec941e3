/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn network-attach and xn network-detach: network interfaces that come and go. */
#include "base/clock.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/device_change.h"
#include "commands/device_complete.h"
#include "commands/registry.h"
#include "xen/host_names.h"
#include "xen/nic.h"

struct network_args {
    bool dry_run, force;
    uint64_t timeout_ms;
    const char *domain, *device;
    struct string_list words;
};

static void prepare(void *data)
{
    ((struct network_args *)data)->timeout_ms = DEADLINE_NEVER;
}

static int check_attach(const struct env *env, void *data, struct error **error)
{
    const struct network_args *args = data;

    (void)env;
    return device_change_check("vif", &args->words, error);
}

static int attach(struct env *env, struct xen_host *host, const struct network_args *args,
                  libxl_device_nic *nic, struct outcome *outcome, struct error **error)
{
    if (args->dry_run || env->dry_run)
        return device_change_print(env, "vif", libxl_device_nic_to_json(NULL, nic), outcome, error);
    outcome->result = "attached";
    if (xen_nic_attach(host, &outcome->domain, nic, args->timeout_ms, error) < 0)
        return -1;
    outcome->device = xasprintf("vif %d", nic->devid);
    return 0;
}

static int change_attach(struct env *env, struct xen_host *host, struct outcome *outcome,
                         void *context, struct error **error)
{
    const struct network_args *args = context;
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = device_change_read_checked(env, host, outcome->action, "vif", &args->words,
                                        &outcome->domain, &config, error);
    if (result == 0)
        result = attach(env, host, args, &config.nics[0], outcome, error);
    libxl_domain_config_dispose(&config);
    return result;
}

static int run_attach(struct env *env, void *data, struct error **error)
{
    struct network_args *args = data;
    struct device_change change = {
        .action = "network-attach",
        .domain = args->domain,
        .change = change_attach,
        .context = args,
    };

    return device_change_run(env, &change, error);
}

static int change_detach(struct env *env, struct xen_host *host, struct outcome *outcome,
                         void *context, struct error **error)
{
    const struct network_args *args = context;
    auto_device_rows rows = DEVICE_ROWS_INIT;
    const struct nic *nic;

    if (xen_nic_find(host, &outcome->domain, args->device, &rows, &nic, error) < 0)
        return -1;
    outcome->device = xasprintf("vif %d", nic->device.devid);
    outcome->result = args->dry_run || env->dry_run ? "would-do" : "detached";
    if (args->dry_run || env->dry_run)
        return 0;
    return xen_nic_detach(host, &outcome->domain, nic, args->force, args->timeout_ms, error);
}

static int run_detach(struct env *env, void *data, struct error **error)
{
    struct network_args *args = data;
    struct device_change change = {
        .action = "network-detach",
        .domain = args->domain,
        .change = change_detach,
        .context = args,
    };

    return device_change_run(env, &change, error);
}

static void complete_attach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    if (kind != KIND_PART)
        return;
    device_complete_parts("vif", arguments, prefix, list);
    if (starts_with(prefix, "bridge="))
        host_names_bridges("bridge=", list);
    else if (starts_with(prefix, "script="))
        host_names_scripts("script=", "vif-", list);
}

static void complete_detach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;
    auto_domain domain = { 0 };
    auto_xen_host *host = NULL;
    const struct domain *only = &domain;

    (void)prefix;
    if (kind != KIND_DEVICE || !device_complete_open(arguments, &host, &domain) ||
        xen_nic_list(host, &only, 1, false, &rows, NULL) < 0)
        return;
    for (size_t i = 0; i < rows.count; i++) {
        const struct nic *nic = rows.items[i];

        string_list_take(list, xasprintf("%d", nic->device.devid));
        if (*nic->mac)
            string_list_add(list, nic->mac);
    }
}

static const struct option_spec attach_options[] = {
    OPTION_FLAG('n', "dry-run", struct network_args, dry_run, "check it, print it, change nothing"),
    OPTION_NUMBER(0, "timeout", struct network_args, timeout_ms, KIND_DURATION, NULL,
                  "give up after this time, and take back what was made"),
    OPTION_END,
};

static const struct argument_spec attach_arguments[] = {
    ARGUMENT("DOMAIN", struct network_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENTS_OPTIONAL("KEY=VALUE", struct network_args, words, KIND_PART,
                       "what the interface is like; the parts of 'xn explain vif'"),
    ARGUMENT_END,
};

static const struct example attach_examples[] = {
    { "network-attach web bridge=xenbr0", "an interface on the bridge xenbr0" },
    { "network-attach web bridge=xenbr0 mac=00:16:3e:00:00:07 rate=10Mb/s",
      "with this address, and a limit to what it may send" },
    { "network-attach web script=vif-openvswitch bridge=ovs0.12",
      "in VLAN 12 of a switch of Open vSwitch" },
    { "network-attach web bridge=xenbr0 --dry-run", "see whether it could be done" },
    { NULL, NULL },
};

const struct command cmd_network_attach = {
    .name = "network-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a network interface",
    .description = "Bridge, script and backend are looked at before anything is done. When the\n"
                   "script fails, its own words are in the message, and the half-made interface\n"
                   "is taken away again.",
    .examples = attach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = attach_options,
    .arguments = attach_arguments,
    .args_size = sizeof(struct network_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check_attach,
    .complete = complete_attach,
    .run = run_attach,
};

static const struct option_spec detach_options[] = {
    OPTION_FLAG('f', "force", struct network_args, force, "do not ask the guest"),
    OPTION_FLAG('n', "dry-run", struct network_args, dry_run, "look for it and change nothing"),
    OPTION_NUMBER(0, "timeout", struct network_args, timeout_ms, KIND_DURATION, NULL,
                  "leave it when the guest takes longer than this"),
    OPTION_END,
};

static const struct argument_spec detach_arguments[] = {
    ARGUMENT("DOMAIN", struct network_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENT("DEVICE", struct network_args, device, KIND_DEVICE,
             "number of the interface, its MAC address or its name on the host"),
    ARGUMENT_END,
};

static const struct example detach_examples[] = {
    { "network-detach web 1", "take away its second interface" },
    { "network-detach web 00:16:3e:00:00:07", "the one with this address" },
    { "network-detach web 1 --timeout 5s", "leave it when the guest does not answer" },
    { NULL, NULL },
};

const struct command cmd_network_detach = {
    .name = "network-detach",
    .group = GROUP_DEVICES,
    .summary = "take a network interface from a running guest",
    .description = "The guest is asked to give it back; one that has not answered after ten\n"
                   "seconds loses it all the same, unless --timeout is shorter: then it keeps it.",
    .examples = detach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = detach_options,
    .arguments = detach_arguments,
    .args_size = sizeof(struct network_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .complete = complete_detach,
    .run = run_detach,
};
