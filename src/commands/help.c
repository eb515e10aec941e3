/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn help: the overview, the help of a command, and the whole interface as data. */
#include <string.h>

#include "base/suggest.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/value.h"
#include "commands/interface.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"

struct help_args {
    const char *command;
};

static int unknown_command(const char *name, struct error **error)
{
    const char *names[256];
    const char *nearest;
    size_t count = 0;

    for (size_t i = 0; all_commands[i] && count < 256; i++)
        if (!(all_commands[i]->flags & COMMAND_HIDDEN))
            names[count++] = all_commands[i]->name;
    error_set(error, ERR_USAGE, "unknown command '%s'", name);
    nearest = suggest(name, names, count);
    if (nearest)
        error_hint(error, "did you mean '%s'?", nearest);
    return error_hint(error, "'xn help' lists the commands");
}

static int print_json(const struct env *env, const struct command *only, struct error **error)
{
    struct json *json = json_new();
    const char *text;
    int result;

    interface_as_json(json, only);
    text = json_result(json);
    result = output_text(env->out, text, strlen(text), error);
    json_free(json);
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct help_args *args = data;
    const struct command *command = NULL;
    auto_str text = STR_INIT;

    if (args->command) {
        command = command_find(all_commands, args->command, env->as_xl);
        if (!command)
            return unknown_command(args->command, error);
    }
    if (env->output.format == FORMAT_JSON)
        return print_json(env, command, error);
    if (command)
        help_command(env, command, &text);
    else
        help_overview(env, all_commands, &text);
    return output_text(env->out, str_text(&text), text.length, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT_OPTIONAL("COMMAND", struct help_args, command, KIND_COMMAND,
                      "the command to explain; all are listed when none is named"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "help", "all commands" },
    { "help create", "the command create, the same as 'xn create --help'" },
    { "help --json", "the whole interface as data: commands, options, columns" },
    { NULL, NULL },
};

const struct command cmd_help = {
    .name = "help",
    .group = GROUP_HELP,
    .summary = "list the commands, or explain one",
    .examples = examples,
    .flags = COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct help_args),
    .run = run,
};
