/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn pci-attach, pci-list and pci-detach: PCI devices of the host that guests have. */
#include "base/mem.h"
#include "commands/pv_change.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/pci.h"

static const struct device_listing listing = {
    .command = "pci-list",
    .table = &pci_columns,
    .xl_columns = pci_xl_columns,
    .xl_count = PCI_XL_COLUMNS,
    .collect = xen_pci_collect,
};

/* Unlike its other lists, xl's has no titles when there is nothing under them. */
static void drop_titles_of_nothing(struct env *env, const struct device_rows *rows)
{
    const struct output_options *output = &env->output;

    if (rows->count == 0 && !output->columns.count &&
        (output->format == FORMAT_DEFAULT || output->format == FORMAT_TABLE))
        env->output.no_header = true;
}

static int run_list(struct env *env, void *data, struct error **error)
{
    const struct device_list_args *args = data;
    const struct output_options *output = &env->output;
    bool all = output->format == FORMAT_JSON || output->format == FORMAT_CSV ||
               output->columns.count || output->filters.count || output->sort.count;
    auto_xen_host *host = NULL;
    auto_domain_list list = { NULL, 0 };
    auto_free const struct domain **chosen = NULL;
    auto_device_rows rows = DEVICE_ROWS_INIT;
    enum status status = STATUS_DONE;
    size_t count;

    if (common_open_host(env, &host, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    chosen = xcalloc(list.count + args->domains.count, sizeof(*chosen));
    count = common_choose(env, "pci-list", &args->domains, &list, chosen, &status);
    if (args->domains.count && count == 0)
        return (int)status;
    if (xen_pci_collect(host, chosen, count, all, &rows, error) < 0)
        return -1;
    drop_titles_of_nothing(env, &rows);
    return device_list_print(env, &listing, &rows, error) < 0 ? -1 : (int)status;
}

static int check_attach(const struct env *env, void *data, struct error **error)
{
    const struct pv_attach_args *args = data;

    (void)env;
    if (common_check_domain_words(&cmd_pci_attach, args, error) < 0)
        return -1;
    return device_change_check("pci", &args->words, error);
}

/* The address, or the name when it has only that. The caller frees it. */
static char *describe(const libxl_device_pci *pci)
{
    struct pci_address address = {
        .segment = (unsigned)pci->domain,
        .bus = pci->bus,
        .slot = pci->dev,
        .function = pci->func,
        .all_functions = pci->vfunc_mask == LIBXL_PCI_FUNC_ALL,
    };
    char text[PCI_ADDRESS_SIZE];

    return xasprintf("pci %s", pci_address_text(&address, text));
}

static int attach(struct env *env, struct xen_host *host, struct outcome *outcome, void *context,
                  struct error **error)
{
    const struct pv_attach_args *args = context;
    libxl_domain_config config;
    libxl_device_pci *pci;
    int result;

    libxl_domain_config_init(&config);
    result = device_change_read(env, "pci-attach", "pci", &args->words, outcome->domain.type,
                                &config, error);
    pci = config.pcidevs;
    if (result == 0 && (args->dry_run || env->dry_run)) {
        result =
            device_change_print(env, "pci", libxl_device_pci_to_json(NULL, pci), outcome, error);
    } else if (result == 0) {
        outcome->result = "attached";
        result = xen_pci_attach(host, &outcome->domain, pci, args->timeout_ms, error);
        outcome->device = describe(pci);
    }
    libxl_domain_config_dispose(&config);
    return result;
}

static int run_attach(struct env *env, void *data, struct error **error)
{
    const struct pv_attach_args *args = data;
    struct device_change change = {
        .action = "pci-attach",
        .domain = args->domain,
        .not_domain0 = "attach PCI devices to",
        .change = attach,
        .context = data,
    };

    return device_change_run(env, &change, error);
}

static int check_detach(const struct env *env, void *data, struct error **error)
{
    const struct pv_detach_args *args = data;
    auto_string_list words = STRING_LIST_INIT;

    (void)env;
    if (common_check_domain_words(&cmd_pci_detach, args, error) < 0)
        return -1;
    string_list_add(&words, args->device);
    return device_change_check("pci", &words, error);
}

static int detach(struct env *env, struct xen_host *host, struct outcome *outcome, void *context,
                  struct error **error)
{
    const struct pv_detach_args *args = context;
    auto_string_list words = STRING_LIST_INIT;
    libxl_domain_config config;
    int result;

    string_list_add(&words, args->device);
    libxl_domain_config_init(&config);
    result =
        device_change_read(env, "pci-detach", "pci", &words, outcome->domain.type, &config, error);
    if (result == 0) {
        outcome->result = "detached";
        result = xen_pci_detach(host, &outcome->domain, config.pcidevs, args->force,
                                args->timeout_ms, error);
        outcome->device = describe(config.pcidevs);
    }
    libxl_domain_config_dispose(&config);
    return result;
}

static int run_detach(struct env *env, void *data, struct error **error)
{
    const struct pv_detach_args *args = data;
    struct device_change change = {
        .action = "pci-detach",
        .domain = args->domain,
        .not_domain0 = "detach PCI devices from",
        .change = detach,
        .context = data,
    };

    return device_change_run(env, &change, error);
}

static void offer_addresses(const struct device_rows *rows, struct string_list *list)
{
    char text[PCI_ADDRESS_SIZE];

    for (size_t i = 0; i < rows->count; i++)
        string_list_add(
            list, pci_address_text(&((const struct pci_device *)rows->items[i])->address, text));
}

static void complete_attach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    struct xen_host_options options = { 0 };
    auto_xen_host *host = NULL;
    auto_device_rows rows = DEVICE_ROWS_INIT;
    auto_error ignored = NULL;

    if (kind != KIND_PART || arguments->count == 0)
        return;
    if (arguments->count > 1)
        pv_complete_parts("pci", arguments, prefix, list);
    else if (xen_host_open(&options, &host, &ignored) == 0 &&
             xen_pci_collect_assignable(host, false, &rows, &ignored) == 0)
        offer_addresses(&rows, list);
}

static void complete_detach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;

    (void)prefix;
    if (kind == KIND_DEVICE && arguments->count == 1 &&
        pv_complete_rows(&listing, arguments, &rows))
        offer_addresses(&rows, list);
}

static const struct argument_spec attach_arguments[] = {
    ARGUMENT("DOMAIN", struct pv_attach_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENTS("PART", struct pv_attach_args, words, KIND_PART,
              "ADDRESS[@SLOT] or name=NAME first, then KEY=VALUE"),
    ARGUMENT_END,
};

static const struct argument_spec detach_arguments[] = {
    ARGUMENT("DOMAIN", struct pv_detach_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("DEVICE", struct pv_detach_args, device, KIND_DEVICE, "ADDRESS or name=NAME"),
    ARGUMENT_END,
};

static const struct example attach_examples[] = {
    { "pci-attach web 0000:03:00.0", "a network card that was made assignable before" },
    { "pci-attach web 03:00.0 seize=1 permissive=1", "the same, taken from its driver on the way" },
    { NULL, NULL },
};

static const struct example list_examples[] = {
    { "pci-list web", "the devices of one guest, in xl's layout" },
    { "pci-list --columns domain,address,vendor_id,device_id", "who has what" },
    { NULL, NULL },
};

static const struct example detach_examples[] = {
    { "pci-detach web 0000:03:00.0", "take it back; it stays ready for other guests" },
    { "pci-detach -f web 03:00.0", "the same from a guest that does not let go" },
    { NULL, NULL },
};

const struct command cmd_pci_attach = {
    .name = "pci-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a PCI device of the host",
    .description = "The device must be ready for guests (pci-assignable-list) unless seize=1 is\n"
                   "said. What is not there, not ready or not free is refused, and nothing is\n"
                   "changed. 'xn explain pci' lists the parts.",
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

const struct command cmd_pci_list = {
    .name = "pci-list",
    .group = GROUP_DEVICES,
    .summary = "list the PCI devices of guests",
    .description =
        "Shows the PCI devices of the host that guests have: of all guests, or of those\n"
        "that are named. The default layout is that of xl; --columns, --json and --csv\n"
        "show more.",
    .examples = list_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &pci_columns,
    .run = run_list,
};

const struct command cmd_pci_detach = {
    .name = "pci-detach",
    .group = GROUP_DEVICES,
    .summary = "take a PCI device of the host back from a guest",
    .description = "It stays ready for other guests. When the guest does not let go in time, it\n"
                   "still has the device and the error says so; --force does not ask it.",
    .examples = detach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = pv_detach_options,
    .arguments = detach_arguments,
    .args_size = sizeof(struct pv_detach_args),
    .columns = &outcome_columns,
    .prepare = pv_detach_prepare,
    .check = check_detach,
    .complete = complete_detach,
    .run = run_detach,
};
