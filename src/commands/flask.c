/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn getenforce, setenforce and loadpolicy: the FLASK security module of the hypervisor. */
#include <string.h>

#include "base/clock.h"
#include "commands/common.h"
#include "commands/file_input.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"
#include "xen/hypervisor.h"

/* The hypervisor takes far less; a file beyond this is the wrong one. */
#define POLICY_MAX (16 * 1024 * 1024)

/* What xl's callers know from it when there is no FLASK. */
#define XL_STATUS_FAILED 255

struct flask_args {
    const char *mode, *file;
};

static int print_mode(const struct env *env, enum flask_mode mode, struct error **error)
{
    static const char *const lines[] = {
        [FLASK_PERMISSIVE] = "Permissive\n",
        [FLASK_ENFORCING] = "Enforcing\n",
        [FLASK_DISABLED] = "Flask XSM Disabled\n",
    };
    static const char *const words[] = {
        [FLASK_PERMISSIVE] = "permissive",
        [FLASK_ENFORCING] = "enforcing",
        [FLASK_DISABLED] = "disabled",
    };
    struct json *json;
    const char *text;
    int result;

    if (env->output.format != FORMAT_JSON)
        return output_text(env->out, lines[mode], strlen(lines[mode]), error);
    json = json_new();
    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    json_key(json, "mode");
    json_text(json, words[mode]);
    json_object_end(json);
    text = json_result(json);
    result = output_text(env->out, text, strlen(text), error);
    json_free(json);
    return result;
}

static int run_getenforce(struct env *env, void *data, struct error **error)
{
    auto_xen_host *host = NULL;
    enum flask_mode mode;

    (void)data;
    if (common_open_host(env, &host, error) < 0 || xen_flask_mode_get(host, &mode, error) < 0 ||
        print_mode(env, mode, error) < 0)
        return -1;
    if (!env->as_xl)
        return STATUS_DONE;
    return mode == FLASK_DISABLED ? XL_STATUS_FAILED : mode == FLASK_ENFORCING;
}

/* One outcome about what is no domain. */
static int report(struct env *env, struct outcome_list *outcomes, uint64_t started_ms,
                  struct error **error)
{
    int status;

    outcomes->items[0].result = "done";
    outcomes->items[0].duration_ms = clock_ms() - started_ms;
    status = common_report(env, outcomes, error);
    return env->as_xl && status > 0 ? XL_STATUS_FAILED : status;
}

static int run_setenforce(struct env *env, void *data, struct error **error)
{
    const struct flask_args *args = data;
    auto_outcome_list outcomes = { NULL, 0 };
    auto_xen_host *host = NULL;
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = outcome_list_add(&outcomes, "setenforce", args->mode);
    (void)xen_flask_mode_set(host, *args->mode == 'e' || *args->mode == '1', &outcome->error);
    return report(env, &outcomes, started_ms, error);
}

static int run_loadpolicy(struct env *env, void *data, struct error **error)
{
    static const char done[] = "Successfully loaded policy.\n";
    const struct flask_args *args = data;
    auto_outcome_list outcomes = { NULL, 0 };
    auto_str policy = STR_INIT;
    auto_xen_host *host = NULL;
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;
    int status;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = outcome_list_add(&outcomes, "loadpolicy", args->file);
    if (file_input_read(args->file, POLICY_MAX, &policy, &outcome->error) == 0)
        (void)xen_flask_policy_load(host, policy.text, (uint32_t)policy.length, &outcome->error);
    status = report(env, &outcomes, started_ms, error);
    if (status == 0 && env->as_xl)
        return output_text(env->out, done, strlen(done), error);
    return status;
}

static const char *const modes[] = { "enforcing", "permissive", "1", "0", NULL };

static const struct argument_spec setenforce_arguments[] = {
    ARGUMENT_WORD("MODE", struct flask_args, mode, modes, "enforcing or 1, permissive or 0"),
    ARGUMENT_END,
};

static const struct argument_spec loadpolicy_arguments[] = {
    ARGUMENT("FILE", struct flask_args, file, KIND_FILE, "the compiled policy"),
    ARGUMENT_END,
};

static const struct example getenforce_examples[] = {
    { "getenforce", "Enforcing, Permissive, or Flask XSM Disabled" },
    { NULL, NULL },
};

static const struct example setenforce_examples[] = {
    { "setenforce permissive", "only log what the policy forbids" },
    { NULL, NULL },
};

static const struct example loadpolicy_examples[] = {
    { "loadpolicy /boot/xenpolicy-4.17", "replace the policy" },
    { NULL, NULL },
};

const struct command cmd_getenforce = {
    .name = "getenforce",
    .group = GROUP_HOST,
    .summary = "show whether the FLASK policy is enforced",
    .examples = getenforce_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .args_size = sizeof(struct flask_args),
    .run = run_getenforce,
};

const struct command cmd_setenforce = {
    .name = "setenforce",
    .group = GROUP_HOST,
    .summary = "enforce the FLASK policy, or only log what it forbids",
    .examples = setenforce_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = setenforce_arguments,
    .args_size = sizeof(struct flask_args),
    .columns = &outcome_columns,
    .run = run_setenforce,
};

const struct command cmd_loadpolicy = {
    .name = "loadpolicy",
    .group = GROUP_HOST,
    .summary = "load a FLASK policy into the hypervisor",
    .examples = loadpolicy_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = loadpolicy_arguments,
    .args_size = sizeof(struct flask_args),
    .columns = &outcome_columns,
    .run = run_loadpolicy,
};
