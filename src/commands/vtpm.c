/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vtpm-attach, vtpm-list and vtpm-detach: virtual TPMs of guests. */
#include "commands/pv_change.h"
#include "commands/registry.h"
#include "model/vtpm.h"
#include "xen/small_device.h"

static const struct device_listing listing = {
    .command = "vtpm-list",
    .table = &vtpm_columns,
    .xl_columns = vtpm_xl_columns,
    .xl_count = VTPM_XL_COLUMNS,
    .collect = xen_vtpm_collect,
};

static int run_list(struct env *env, void *data, struct error **error)
{
    const struct device_list_args *args = data;

    return device_list_run(env, &listing, &args->domains, error);
}

static int check_attach(const struct env *env, void *data, struct error **error)
{
    (void)env;
    return pv_attach_check(&cmd_vtpm_attach, &pv_kind_vtpm, data, error);
}

static int run_attach(struct env *env, void *data, struct error **error)
{
    return pv_attach_run(env, "vtpm-attach", &pv_kind_vtpm, data, error);
}

static void complete_attach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    if (kind == KIND_PART)
        pv_complete_parts("vtpm", arguments, prefix, list);
}

static bool is_uuid(const char *word)
{
    libxl_uuid uuid;

    return libxl_uuid_from_string(&uuid, word) == 0;
}

static int check_detach(const struct env *env, void *data, struct error **error)
{
    const struct pv_detach_args *args = data;

    (void)env;
    if (is_uuid(args->device))
        return common_check_domain_words(&cmd_vtpm_detach, args, error);
    return pv_detach_check(&cmd_vtpm_detach, &pv_kind_vtpm, args, error);
}

static int run_detach(struct env *env, void *data, struct error **error)
{
    return pv_detach_run(env, "vtpm-detach", &pv_kind_vtpm, data, xen_vtpm_devid, error);
}

static void complete_detach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    (void)prefix;
    if (kind == KIND_DEVICE)
        pv_complete_devids(&listing, arguments, list);
}

static const struct argument_spec detach_arguments[] = {
    ARGUMENT("DOMAIN", struct pv_detach_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("DEVID|UUID", struct pv_detach_args, device, KIND_DEVICE, "number or UUID of the TPM"),
    ARGUMENT_END,
};

static const struct example attach_examples[] = {
    { "vtpm-attach web backend=vtpm-web", "a TPM that the domain vtpm-web serves" },
    { "vtpm-attach web backend=vtpm-web uuid=7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47",
      "a certain one" },
    { NULL, NULL },
};

static const struct example list_examples[] = {
    { "vtpm-list", "those of all guests, in xl's layout" },
    { "vtpm-list web --json", "those of one guest, for programs" },
    { NULL, NULL },
};

static const struct example detach_examples[] = {
    { "vtpm-detach web 0", "the first TPM of the guest web" },
    { NULL, NULL },
};

const struct command cmd_vtpm_attach = {
    .name = "vtpm-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a virtual TPM",
    .description =
        "PART is one of backend=DOMAIN, the stub domain of the TPM, and uuid=UUID; without\n"
        "backend domain 0 is meant. 'xn explain vtpm' says more.",
    .examples = attach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_DRY_RUN,
    .options = pv_attach_options,
    .arguments = pv_attach_optional_arguments,
    .args_size = sizeof(struct pv_attach_args),
    .columns = &outcome_columns,
    .prepare = pv_attach_prepare,
    .check = check_attach,
    .complete = complete_attach,
    .run = run_attach,
};

const struct command cmd_vtpm_list = {
    .name = "vtpm-list",
    .group = GROUP_DEVICES,
    .summary = "list the virtual TPMs of guests",
    .description = "Shows the TPMs of all guests, or of those that are named, one line each. The\n"
                   "default layout is that of xl; --columns, --json and --csv show more.",
    .examples = list_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .arguments = device_list_arguments,
    .args_size = sizeof(struct device_list_args),
    .columns = &vtpm_columns,
    .run = run_list,
};

const struct command cmd_vtpm_detach = {
    .name = "vtpm-detach",
    .group = GROUP_DEVICES,
    .summary = "take a virtual TPM away from a guest",
    .description = "Asks the guest to let go of it first. When it does not in time, the device is\n"
                   "still there and the error says so; --force does not ask.",
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
