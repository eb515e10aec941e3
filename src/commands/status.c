/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn status: whether a guest runs here, by exit status, for clusters and scripts. */
#include <string.h>

#include "commands/common.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"
#include "out/message.h"
#include "xen/presence.h"

/* A host that is busy answers within a fraction of this; cluster agents wait longer. */
#define TIMEOUT_DEFAULT_MS 10000

struct status_args {
    const char *domain;
    bool quiet;
    uint64_t timeout_ms;
};

static void prepare(void *data)
{
    ((struct status_args *)data)->timeout_ms = TIMEOUT_DEFAULT_MS;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct status_args *args = data;

    if (args->quiet && env->output.format == FORMAT_JSON)
        return error_set(error, ERR_USAGE, "--quiet and --json exclude each other");
    return 0;
}

static int print_json(const struct env *env, const struct presence *presence, struct error **error)
{
    struct json *json = json_new();
    const char *text;
    int result;

    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    for (size_t i = 0; i < presence_columns.count; i++) {
        struct value value = column_value(&presence_columns.columns[i], presence);

        json_key(json, presence_columns.columns[i].key);
        json_value(json, &value);
        value_release(&value);
    }
    json_object_end(json);
    text = json_result(json);
    result = output_text(env->out, text, strlen(text), error);
    json_free(json);
    return result;
}

static int print(const struct env *env, const struct status_args *args,
                 const struct presence *presence, struct error **error)
{
    auto_str text = STR_INIT;

    if (args->quiet)
        return 0;
    if (env->output.format == FORMAT_JSON)
        return print_json(env, presence, error);
    presence_text(presence, &text);
    return output_text(env->out, str_text(&text), text.length, error);
}

/* Whatever fails, nothing is known then: no other status may come out, least of all the 1 of a dead
 * guest. */
static int run(struct env *env, void *data, struct error **error)
{
    const struct status_args *args = data;
    struct xen_host_options host_options = common_host_options(env);
    struct presence presence = { 0 };
    auto_error problem = NULL;
    int status = PRESENCE_UNKNOWN;

    (void)error;
    if (xen_presence_ask(&host_options, args->domain, args->timeout_ms, &presence, &problem) == 0 &&
        print(env, args, &presence, &problem) == 0)
        status = (int)presence.status;
    if (problem)
        message_error(env->err, env->output.format, env->program, "status", problem);
    presence_release(&presence);
    return status;
}

static const struct option_spec options[] = {
    OPTION_FLAG('q', "quiet", struct status_args, quiet, "print nothing; the exit status tells"),
    OPTION_NUMBER(0, "timeout", struct status_args, timeout_ms, KIND_DURATION, "TIME",
                  "how long the host may take to answer; 10s when not said"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct status_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "status web", "whether web runs" },
    { "status -q 9a3c4f1e-7d0b-4b1a-8c55-0d2f6a1b3c4d", "by UUID, only the exit status" },
    { "status web --json", "with domid, UUID and state, as JSON" },
    { NULL, NULL },
};

const struct command cmd_status = {
    .name = "status",
    .group = GROUP_INFORMATION,
    .summary = "tell by exit status whether a guest runs here",
    .description =
        "0: it runs, or could: blocked, paused and suspended count. 1: it is dead, that\n"
        "is shut down, crashed or dying. 3: it is certainly not here. 4: nobody can\n"
        "tell: there is no Xen, no answer in time, or some domain might be the guest,\n"
        "such as one copy of a migration.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct status_args),
    .prepare = prepare,
    .check = check,
    .run = run,
};
