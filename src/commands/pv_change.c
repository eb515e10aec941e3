/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Attaching and detaching devices that have a number; see pv_change.h. */
#include "commands/pv_change.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/device_complete.h"

const struct option_spec pv_attach_options[] = {
    OPTION_FLAG('n', "dry-run", struct pv_attach_args, dry_run,
                "print the device as JSON and change nothing"),
    OPTION_NUMBER(0, "timeout", struct pv_attach_args, timeout_ms, KIND_DURATION, "TIME",
                  "give up after this time, and take back what is half there"),
    OPTION_END,
};

const struct argument_spec pv_attach_arguments[] = {
    ARGUMENT("DOMAIN", struct pv_attach_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENTS("PART", struct pv_attach_args, words, KIND_PART, "what the device is like"),
    ARGUMENT_END,
};

const struct argument_spec pv_attach_optional_arguments[] = {
    ARGUMENT("DOMAIN", struct pv_attach_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENTS_OPTIONAL("PART", struct pv_attach_args, words, KIND_PART, "what the device is like"),
    ARGUMENT_END,
};

const struct option_spec pv_detach_options[] = {
    OPTION_FLAG('f', "force", struct pv_detach_args, force,
                "take it away without waiting for the guest"),
    OPTION_NUMBER(0, "timeout", struct pv_detach_args, timeout_ms, KIND_DURATION, "TIME",
                  "give up after this time"),
    OPTION_END,
};

const struct argument_spec pv_detach_arguments[] = {
    ARGUMENT("DOMAIN", struct pv_detach_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("DEVID", struct pv_detach_args, device, KIND_DEVICE, "number of the device"),
    ARGUMENT_END,
};

void pv_attach_prepare(void *args)
{
    ((struct pv_attach_args *)args)->timeout_ms = DEADLINE_NEVER;
}

void pv_detach_prepare(void *args)
{
    ((struct pv_detach_args *)args)->timeout_ms = DEADLINE_NEVER;
}

int pv_attach_check(const struct command *command, const struct pv_kind *kind,
                    const struct pv_attach_args *args, struct error **error)
{
    if (common_check_domain_words(command, args, error) < 0)
        return -1;
    return device_change_check(kind->name, &args->words, error);
}

int pv_detach_check(const struct command *command, const struct pv_kind *kind,
                    const struct pv_detach_args *args, struct error **error)
{
    uint64_t number;

    if (common_check_domain_words(command, args, error) < 0)
        return -1;
    if (parse_uint(args->device, INT32_MAX, &number))
        return 0;
    error_set(error, ERR_USAGE, "DEVID: '%s' is not the number of a %s", args->device, kind->name);
    return error_hint(error, "give a whole number from 0 on; 'xn %s-list' shows them",
                      strcmp(kind->name, "usbctrl") == 0 ? "usb" : kind->name);
}

struct attach {
    const char *action;
    const struct pv_kind *kind;
    const struct pv_attach_args *args;
};

static int attach(struct env *env, struct xen_host *host, struct outcome *outcome, void *context,
                  struct error **error)
{
    const struct attach *attach = context;
    const struct pv_kind *kind = attach->kind;
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = device_change_read(env, attach->action, kind->name, &attach->args->words,
                                outcome->domain.type, &config, error);
    if (result == 0 && (attach->args->dry_run || env->dry_run)) {
        result = device_change_print(env, kind->name, kind->to_json(kind->of_config(&config)),
                                     outcome, error);
    } else if (result == 0) {
        void *device = kind->of_config(&config);

        outcome->result = "attached";
        result =
            pv_device_attach(host, &outcome->domain, kind, device, attach->args->timeout_ms, error);
        if (result == 0)
            outcome->device = xasprintf("%s %d", kind->name, kind->devid(device));
    }
    libxl_domain_config_dispose(&config);
    return result;
}

int pv_attach_run(struct env *env, const char *action, const struct pv_kind *kind,
                  const struct pv_attach_args *args, struct error **error)
{
    struct attach context = { .action = action, .kind = kind, .args = args };
    struct device_change change = {
        .action = action, .domain = args->domain, .change = attach, .context = &context
    };

    return device_change_run(env, &change, error);
}

struct detach {
    const struct pv_kind *kind;
    const struct pv_detach_args *args;
    int (*find)(struct xen_host *host, const struct domain *domain, const char *word,
                int *ret_devid, struct error **error);
};

static int detach(struct env *env, struct xen_host *host, struct outcome *outcome, void *context,
                  struct error **error)
{
    const struct detach *detach = context;
    const struct pv_detach_args *args = detach->args;
    int devid = 0;
    uint64_t number;

    (void)env;
    if (parse_uint(args->device, INT32_MAX, &number))
        devid = (int)number;
    else if (!detach->find || detach->find(host, &outcome->domain, args->device, &devid, error) < 0)
        return -1;
    outcome->device = xasprintf("%s %d", detach->kind->name, devid);
    outcome->result = "detached";
    return pv_device_detach(host, &outcome->domain, detach->kind, devid, args->force,
                            args->timeout_ms, error);
}

int pv_detach_run(struct env *env, const char *action, const struct pv_kind *kind,
                  const struct pv_detach_args *args,
                  int (*find)(struct xen_host *host, const struct domain *domain, const char *word,
                              int *ret_devid, struct error **error),
                  struct error **error)
{
    struct detach context = { .kind = kind, .args = args, .find = find };
    struct device_change change = {
        .action = action, .domain = args->domain, .change = detach, .context = &context
    };

    return device_change_run(env, &change, error);
}

int pv_list_run_untitled(struct env *env, const struct device_listing *listing,
                         const struct string_list *words, struct error **error)
{
    const struct output_options *output = &env->output;

    if (!output->columns.count &&
        (output->format == FORMAT_DEFAULT || output->format == FORMAT_TABLE))
        env->output.no_header = true;
    return device_list_run(env, listing, words, error);
}

void pv_complete_parts(const char *key, const struct string_list *arguments, const char *prefix,
                       struct string_list *list)
{
    if (arguments->count > 0)
        device_complete_parts(key, arguments, prefix, list);
}

bool pv_complete_rows(const struct device_listing *listing, const struct string_list *arguments,
                      struct device_rows *rows)
{
    auto_xen_host *host = NULL;
    auto_domain domain = { 0 };
    const struct domain *domains[] = { &domain };
    auto_error ignored = NULL;

    return device_complete_open(arguments, &host, &domain) &&
           listing->collect(host, domains, 1, false, rows, &ignored) == 0;
}

void pv_complete_devids(const struct device_listing *listing, const struct string_list *arguments,
                        struct string_list *list)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;

    if (arguments->count != 1 || !pv_complete_rows(listing, arguments, &rows))
        return;
    for (size_t i = 0; i < rows.count; i++)
        string_list_take(list, xasprintf("%d", ((const struct device *)rows.items[i])->devid));
}
