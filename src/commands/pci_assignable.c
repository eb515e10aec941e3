/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn pci-assignable-add, pci-assignable-remove and pci-assignable-list: PCI devices of the host
 * that are ready for guests. */
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/device_list.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/pci.h"

struct list_args {
    bool names;
};

/* xl has the column of names, which may be empty, for -n alone; the blank before it is always
 * there. */
static int run_list(struct env *env, void *data, struct error **error)
{
    const struct list_args *args = data;
    const struct output_options *output = &env->output;
    struct device_listing listing = {
        .command = "pci-assignable-list",
        .table = &pci_assignable_columns,
        .xl_columns = pci_assignable_xl_columns,
        .xl_count = args->names ? PCI_ASSIGNABLE_XL_COLUMNS : PCI_ASSIGNABLE_XL_COLUMNS - 1,
    };
    auto_xen_host *host = NULL;
    auto_device_rows rows = DEVICE_ROWS_INIT;

    if (common_open_host(env, &host, error) < 0 ||
        xen_pci_collect_assignable(host, true, &rows, error) < 0)
        return -1;
    if (!output->columns.count &&
        (output->format == FORMAT_DEFAULT || output->format == FORMAT_TABLE))
        env->output.no_header = true;
    return device_list_print(env, &listing, &rows, error);
}

struct change_args {
    bool rebind;
    const char *name;
    struct string_list devices;
};

static int parse_address(const char *word, struct pci_address *ret, struct error **error)
{
    if (!pci_address_parse(word, ret)) {
        error_set(error, ERR_USAGE, "'%s' is no PCI address", word);
        return error_hint(error, "an example is 0000:03:00.0; 'lspci -D' lists them");
    }
    if (!ret->all_functions)
        return 0;
    error_set(error, ERR_USAGE, "'%s' is more than one function", word);
    return error_hint(error, "name each function: 03:00.0 03:00.1");
}

/* It becomes a node of xenstore, and what can be read as an address could not be found again. */
static int check_name(const char *name, struct error **error)
{
    struct pci_address address;
    size_t good =
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+");

    if (!*name || name[good]) {
        error_set(error, ERR_USAGE, "option '--name': '%s' is no name for a PCI device", name);
        return error_hint(error, "letters, digits and '-', '_', '.', '+' can stand in it");
    }
    if (pci_address_parse(name, &address))
        return error_set(error, ERR_USAGE, "option '--name': '%s' is an address", name);
    return 0;
}

static int check_add(const struct env *env, void *data, struct error **error)
{
    const struct change_args *args = data;
    struct pci_address address;

    (void)env;
    for (size_t i = 0; i < args->devices.count; i++)
        if (parse_address(args->devices.items[i], &address, error) < 0)
            return -1;
    if (!args->name)
        return 0;
    if (args->devices.count > 1)
        return error_set(error, ERR_USAGE, "--name is for one device, and there are %zu",
                         args->devices.count);
    return check_name(args->name, error);
}

/* A name or an address; which of the two is seen when the names are known. */
static int check_remove(const struct env *env, void *data, struct error **error)
{
    const struct change_args *args = data;

    (void)env;
    for (size_t i = 0; i < args->devices.count; i++) {
        const char *word = args->devices.items[i];
        struct pci_address address;

        if ((strchr(word, ':') || (pci_address_parse(word, &address) && address.all_functions)) &&
            parse_address(word, &address, error) < 0)
            return -1;
    }
    return 0;
}

static int add(struct xen_host *host, const struct change_args *args, const char *word,
               struct outcome *outcome, struct error **error)
{
    struct pci_address address;
    int result;

    if (parse_address(word, &address, error) < 0)
        return -1;
    result = xen_pci_assignable_add(host, &address, args->name, error);
    outcome->result = result == 1 ? "unchanged" : "done";
    return result;
}

static int take_out(struct xen_host *host, const struct change_args *args, const char *word,
                    struct outcome *outcome, struct error **error)
{
    struct pci_address address;
    auto_error unnamed = NULL;
    int result;

    if (xen_pci_named(host, NULL, word, &address, &unnamed) < 0 &&
        !pci_address_parse(word, &address))
        return error_move(error, TAKE(unnamed));
    result = xen_pci_assignable_remove(host, &address, args->rebind, error);
    outcome->result = result == 1 ? "unchanged" : "done";
    return result;
}

/* It is domain 0 that loses or gets the devices. */
static int change(struct env *env, const char *action, const struct change_args *args,
                  int (*act)(struct xen_host *host, const struct change_args *args,
                             const char *word, struct outcome *outcome, struct error **error),
                  struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    auto_domain domain = { 0 };

    if (common_open_host(env, &host, error) < 0 || xen_domain_get(host, 0, &domain, error) < 0 ||
        interrupt_catch(error) < 0)
        return -1;
    for (size_t i = 0; i < args->devices.count; i++) {
        const char *word = args->devices.items[i];
        struct outcome *outcome = outcome_list_add(&outcomes, action, word);
        uint64_t started_ms = clock_ms();

        outcome->domain = domain_copy(&domain);
        outcome->device = xasprintf("pci %s", word);
        if (interrupt_signal())
            error_set(&outcome->error, ERR_INTERRUPTED, "interrupted before it was done");
        else
            (void)act(host, args, word, outcome, &outcome->error);
        outcome->duration_ms = clock_ms() - started_ms;
    }
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static int run_add(struct env *env, void *data, struct error **error)
{
    return change(env, "pci-assignable-add", data, add, error);
}

static int run_remove(struct env *env, void *data, struct error **error)
{
    return change(env, "pci-assignable-remove", data, take_out, error);
}

static void complete_add(enum value_kind kind, const struct string_list *arguments,
                         const char *prefix, struct string_list *list)
{
    (void)arguments, (void)prefix;
    if (kind == KIND_DEVICE)
        xen_pci_host_addresses(list);
}

static void complete_remove(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    struct xen_host_options options = { 0 };
    auto_xen_host *host = NULL;
    auto_device_rows rows = DEVICE_ROWS_INIT;
    auto_error ignored = NULL;

    (void)arguments, (void)prefix;
    if (kind != KIND_DEVICE || xen_host_open(&options, &host, &ignored) < 0 ||
        xen_pci_collect_assignable(host, false, &rows, &ignored) < 0)
        return;
    for (size_t i = 0; i < rows.count; i++) {
        const struct pci_device *pci = rows.items[i];
        char text[PCI_ADDRESS_SIZE];

        string_list_add(list, pci_address_text(&pci->address, text));
        if (pci->name)
            string_list_add(list, pci->name);
    }
}

static const struct option_spec list_options[] = {
    OPTION_FLAG('n', "show-names", struct list_args, names,
                "also the names that pci-assignable-add gave"),
    OPTION_END,
};

static const struct option_spec add_options[] = {
    OPTION_TEXT('n', "name", struct change_args, name, KIND_TEXT, "NAME",
                "a name for it, which pci=[\"name=NAME\"] understands"),
    OPTION_END,
};

static const struct option_spec remove_options[] = {
    OPTION_FLAG('r', "rebind", struct change_args, rebind,
                "give it back to the driver that it was taken from"),
    OPTION_END,
};

static const struct argument_spec add_arguments[] = {
    ARGUMENTS("ADDRESS", struct change_args, devices, KIND_DEVICE, "such as 0000:03:00.0"),
    ARGUMENT_END,
};

static const struct argument_spec remove_arguments[] = {
    ARGUMENTS("ADDRESS|NAME", struct change_args, devices, KIND_DEVICE,
              "address, or the name that it was given"),
    ARGUMENT_END,
};

static const struct example list_examples[] = {
    { "pci-assignable-list", "addresses, one a line" },
    { "pci-assignable-list -n", "with the names that they were given" },
    { "pci-assignable-list --json", "what they are, too, for programs" },
    { NULL, NULL },
};

static const struct example add_examples[] = {
    { "pci-assignable-add 0000:03:00.0", "take it from its driver and keep it for guests" },
    { "pci-assignable-add -n gpu 03:00.0", "the same, and give it a name" },
    { NULL, NULL },
};

static const struct example remove_examples[] = {
    { "pci-assignable-remove -r 0000:03:00.0", "its driver in domain 0 gets it back" },
    { "pci-assignable-remove gpu", "by its name; no driver gets it" },
    { NULL, NULL },
};

const struct command cmd_pci_assignable_add = {
    .name = "pci-assignable-add",
    .group = GROUP_HOST,
    .summary = "make PCI devices ready for guests",
    .description = "Takes them from their drivers in domain 0 and hands them to pciback. What\n"
                   "uses them in domain 0 loses them at once: a network card its network, a disk\n"
                   "controller its disks.",
    .examples = add_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = add_options,
    .arguments = add_arguments,
    .args_size = sizeof(struct change_args),
    .columns = &outcome_columns,
    .check = check_add,
    .complete = complete_add,
    .run = run_add,
};

const struct command cmd_pci_assignable_remove = {
    .name = "pci-assignable-remove",
    .group = GROUP_HOST,
    .summary = "give PCI devices back to domain 0",
    .description = "Takes them from pciback; with --rebind the drivers that had them get them\n"
                   "back. A device that a guest has is refused.",
    .examples = remove_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = remove_options,
    .arguments = remove_arguments,
    .args_size = sizeof(struct change_args),
    .columns = &outcome_columns,
    .check = check_remove,
    .complete = complete_remove,
    .run = run_remove,
};

const struct command cmd_pci_assignable_list = {
    .name = "pci-assignable-list",
    .group = GROUP_HOST,
    .summary = "list the PCI devices that are ready for guests",
    .description =
        "Those that no guest has: 'xn pci-list' shows the others. The default layout is\n"
        "that of xl; --columns, --json and --csv show more.",
    .examples = list_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = list_options,
    .args_size = sizeof(struct list_args),
    .columns = &pci_assignable_columns,
    .run = run_list,
};
