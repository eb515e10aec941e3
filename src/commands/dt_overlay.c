/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn dt-overlay: device tree overlays, on Arm. */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/file_input.h"
#include "commands/registry.h"
#include "xen/domain.h"
#include "xen/newer.h"

/* Real ones have a few KiB. */
#define OVERLAY_MAX (16 * 1024 * 1024)

struct overlay_args {
    const char *action, *file, *domain;
};

static const char *const actions[] = {
    [OVERLAY_ADD] = "add",
    [OVERLAY_REMOVE] = "remove",
    [OVERLAY_ATTACH] = "attach",
    NULL,
};

static enum overlay_action action_of(const char *word)
{
    enum overlay_action action = OVERLAY_ADD;

    while (strcmp(actions[action], word) != 0)
        action++;
    return action;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct overlay_args *args = data;
    bool attach = action_of(args->action) == OVERLAY_ATTACH;

    (void)env;
    if (attach && !args->domain)
        return error_set(error, ERR_USAGE, "attach needs DOMAIN");
    if (!attach && args->domain)
        return error_set(error, ERR_USAGE, "%s takes no domain, but '%s' was given", args->action,
                         args->domain);
    return 0;
}

static int act(struct xen_host *host, const struct overlay_args *args, struct outcome *outcome)
{
    auto_str overlay = STR_INIT;

    if (args->domain && xen_domain_find(host, args->domain, &outcome->domain, &outcome->error) < 0)
        return -1;
    if (file_input_read(args->file, OVERLAY_MAX, &overlay, &outcome->error) < 0)
        return -1;
    return xen_dt_overlay(host, action_of(args->action), overlay.text, (uint32_t)overlay.length,
                          args->domain ? &outcome->domain : NULL, &outcome->error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct overlay_args *args = data;
    auto_outcome_list outcomes = { NULL, 0 };
    auto_xen_host *host = NULL;
    struct outcome *outcome;
    uint64_t started_ms;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    started_ms = clock_ms();
    outcome = outcome_list_add(&outcomes, "dt-overlay", args->domain ? args->domain : args->file);
    outcome->result = "done";
    (void)act(host, args, outcome);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT_WORD("ACTION", struct overlay_args, action, actions, "add, remove or attach"),
    ARGUMENT("FILE", struct overlay_args, file, KIND_FILE, "the overlay, a compiled device tree"),
    ARGUMENT_OPTIONAL("DOMAIN", struct overlay_args, domain, KIND_DOMAIN,
                      "whom to attach it to: name, domid or UUID"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "dt-overlay add card.dtbo", "tell the hypervisor of devices that were not there at boot" },
    { "dt-overlay attach card.dtbo web", "give them to the guest web" },
    { NULL, NULL },
};

const struct command cmd_dt_overlay = {
    .name = "dt-overlay",
    .group = GROUP_HOST,
    .summary = "add, remove or attach a device tree overlay",
    .description = "On Arm only. Needs Xen 4.18 or newer, 4.19 to attach an overlay to a guest, "
                   "and an\nxn that was built for it.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct overlay_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
