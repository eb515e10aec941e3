/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn dmesg: the hypervisor's messages. */
#include <string.h>

#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"
#include "xen/info.h"

struct dmesg_args {
    bool clear;
};

static int print_json(const struct env *env, const char *messages, struct error **error)
{
    struct json *json = json_new();
    auto_string_list lines = STRING_LIST_INIT;
    const char *text;
    int result;

    string_list_split(&lines, messages, '\n');
    if (lines.count && !*lines.items[lines.count - 1])
        free(lines.items[--lines.count]);
    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    json_key(json, "messages");
    json_list(json, &lines);
    json_object_end(json);
    text = json_result(json);
    result = output_text(env->out, text, strlen(text), error);
    json_free(json);
    return result;
}

/* Guests can write to this ring (debug builds, crashes), so control characters are escaped. */
static int print_text(const struct env *env, const char *messages, struct error **error)
{
    auto_str text = STR_INIT;

    while (*messages) {
        size_t length = strcspn(messages, "\n");

        str_add_printable(&text, messages, length);
        messages += length;
        if (*messages == '\n') {
            str_add_char(&text, '\n');
            messages++;
        }
    }
    return output_text(env->out, str_text(&text), text.length, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    struct dmesg_args *args = data;
    auto_xen_host *host = NULL;
    auto_free char *messages = NULL;

    if (common_open_host(env, &host, error) < 0 ||
        xen_host_messages(host, args->clear, &messages, error) < 0)
        return -1;
    return env->output.format == FORMAT_JSON ? print_json(env, messages, error)
                                             : print_text(env, messages, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('c', "clear", struct dmesg_args, clear, "empty the buffer after printing it"),
    OPTION_END,
};

static const struct example examples[] = {
    { "dmesg", "what the hypervisor has said" },
    { "dmesg -c", "the same, and start with an empty buffer" },
    { NULL, NULL },
};

const struct command cmd_dmesg = {
    .name = "dmesg",
    .group = GROUP_HOST,
    .summary = "print the messages of the hypervisor",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .options = options,
    .args_size = sizeof(struct dmesg_args),
    .run = run,
};
