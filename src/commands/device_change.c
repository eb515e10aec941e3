/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that come and go; see device_change.h. */
#include "commands/device_change.h"

#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/preflight.h"

static void find_guest(struct xen_host *host, const struct device_change *change,
                       struct outcome_list *outcomes)
{
    struct outcome *outcome;

    if (change->not_domain0) {
        (void)common_guest(host, change->action, change->domain, change->not_domain0, NULL,
                           outcomes);
        return;
    }
    outcome = outcome_list_add(outcomes, change->action, change->domain);
    (void)xen_domain_find(host, change->domain, &outcome->domain, &outcome->error);
}

int device_change_run(struct env *env, const struct device_change *change, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome;
    uint64_t started_ms;

    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    started_ms = clock_ms();
    find_guest(host, change, &outcomes);
    outcome = &outcomes.items[0];
    outcome->result = "done";
    if (!outcome->error)
        (void)change->change(env, host, outcome, change->context, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    interrupt_release();
    return common_report(env, &outcomes, error);
}

int device_change_check(const char *key, const struct string_list *words, struct error **error)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct device_request request = { .key = key, .words = words, .type = LIBXL_DOMAIN_TYPE_PV };
    auto_error problem = NULL;
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = config_read_device(&request, &diagnostics, &config, &problem);
    libxl_domain_config_dispose(&config);
    if (result < 0 && problem->code == ERR_CONFIG)
        problem->code = ERR_USAGE;
    return result < 0 ? error_move(error, TAKE(problem)) : 0;
}

static libxl_domain_type type_of(const char *name)
{
    libxl_domain_type type;

    return name && libxl_domain_type_from_string(name, &type) == 0 ? type
                                                                   : LIBXL_DOMAIN_TYPE_INVALID;
}

static int read_device(const struct env *env, const char *action, struct device_request *request,
                       libxl_domain_config *config, struct error **error)
{
    auto_free char *context = xasprintf("%s: ", action);
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct host_config host_config = { 0 };
    int result = common_host_config(env, &host_config, error);

    request->host_config = &host_config;
    if (result == 0)
        result = config_read_device(request, &diagnostics, config, error);
    if (result == 0)
        common_print_diagnostics(env, context, &diagnostics, false);
    host_config_release(&host_config);
    return result;
}

int device_change_read(const struct env *env, const char *action, const char *key,
                       const struct string_list *words, const char *type,
                       libxl_domain_config *config, struct error **error)
{
    struct device_request request = { .key = key, .words = words, .type = type_of(type) };

    return read_device(env, action, &request, config, error);
}

int device_change_print(const struct env *env, const char *key, char *json_text,
                        struct outcome *outcome, struct error **error)
{
    auto_free char *json = json_text;
    auto_str text = STR_INIT;

    outcome->result = "would-do";
    if (!json)
        return error_set(error, ERR_FAILED, "cannot write the device as JSON");
    if (env->output.format == FORMAT_JSON)
        return 0;
    str_addf(&text, "%s: %s\n", key, json);
    return output_text(env->out, str_text(&text), text.length, error);
}

struct preflight {
    struct xen_host *host;
    const struct domain *domain;
};

static void examine(void *context, const struct config_view *view)
{
    const struct preflight *preflight = context;

    xen_preflight_device(preflight->host, preflight->domain, view);
}

int device_change_read_checked(const struct env *env, struct xen_host *host, const char *action,
                               const char *key, const struct string_list *words,
                               const struct domain *domain, libxl_domain_config *config,
                               struct error **error)
{
    struct preflight preflight = { host, domain };
    struct device_request request = {
        .key = key,
        .words = words,
        .type = type_of(domain->type),
        .examine = examine,
        .context = &preflight,
    };

    return read_device(env, action, &request, config, error);
}
