/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn version: xn's own version, and the Xen it was built for. */
#include <string.h>

#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"

struct version_args {
    bool unused;
};

static int print_json(const struct env *env, struct error **error)
{
    struct json *json = json_new();
    const char *text;
    int result;

    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    json_key(json, "version");
    json_text(json, PACKAGE_VERSION);
    json_key(json, "built_for_xen");
    json_text(json, XEN_BUILD_VERSION);
    json_object_end(json);
    text = json_result(json);
    result = output_text(env->out, text, strlen(text), error);
    json_free(json);
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    static const char text[] =
        PACKAGE_NAME " " PACKAGE_VERSION "\nbuilt for Xen " XEN_BUILD_VERSION "\n";

    (void)data;
    if (env->output.format == FORMAT_JSON)
        return print_json(env, error);
    return output_text(env->out, text, strlen(text), error);
}

static const struct example examples[] = {
    { "version", "the version of xn; 'xn info xen_version' tells the host's" },
    { NULL, NULL },
};

const struct command cmd_version = {
    .name = "version",
    .group = GROUP_HELP,
    .summary = "show the version of xn",
    .examples = examples,
    .flags = COMMAND_REPORTS,
    .args_size = sizeof(struct version_args),
    .run = run,
};
