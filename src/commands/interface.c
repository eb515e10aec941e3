/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Dumping the command table; see interface.h. */
#include "commands/interface.h"

#include "cli/parse.h"
#include "cli/value.h"
#include "commands/registry.h"
#include "out/listing.h"

static void text_or_null(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void flag(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

static void list_choices(struct json *json, const char *const *choices)
{
    json_key(json, "choices");
    json_array_begin(json);
    for (; choices && *choices; choices++)
        json_text(json, *choices);
    json_array_end(json);
}

static void option(struct json *json, const struct option_spec *option)
{
    char letter[2] = { option->letter, '\0' };

    json_object_begin(json);
    text_or_null(json, "letter", option->letter ? letter : NULL);
    text_or_null(json, "name", option->name);
    text_or_null(json, "kind", value_kind_name(option->kind));
    text_or_null(json, "placeholder",
                 option->placeholder ? option->placeholder : value_kind_placeholder(option->kind));
    flag(json, "repeated", option->repeated);
    flag(json, "hidden", option->hidden);
    list_choices(json, option->choices);
    text_or_null(json, "help", option->help);
    json_object_end(json);
}

static void options(struct json *json, const char *key, const struct option_spec *table)
{
    json_key(json, key);
    json_array_begin(json);
    for (; table && table->kind != KIND_NONE; table++)
        option(json, table);
    json_array_end(json);
}

static void arguments(struct json *json, const struct argument_spec *table)
{
    json_key(json, "arguments");
    json_array_begin(json);
    for (; table && table->placeholder; table++) {
        json_object_begin(json);
        text_or_null(json, "placeholder", table->placeholder);
        text_or_null(json, "kind", value_kind_name(table->kind));
        flag(json, "optional", table->optional);
        flag(json, "repeated", table->repeated);
        list_choices(json, table->choices);
        text_or_null(json, "help", table->help);
        json_object_end(json);
    }
    json_array_end(json);
}

static void columns(struct json *json, const struct command *command)
{
    json_key(json, "columns");
    json_array_begin(json);
    for (size_t i = 0; (command->flags & COMMAND_LISTS) && i < command->columns->count; i++) {
        json_object_begin(json);
        text_or_null(json, "key", command->columns->columns[i].key);
        text_or_null(json, "help", command->columns->columns[i].help);
        json_object_end(json);
    }
    json_array_end(json);
}

static void examples(struct json *json, const struct example *table)
{
    json_key(json, "examples");
    json_array_begin(json);
    for (; table && table->line; table++) {
        json_object_begin(json);
        text_or_null(json, "line", table->line);
        text_or_null(json, "text", table->text);
        json_object_end(json);
    }
    json_array_end(json);
}

static void one_command(struct json *json, const struct command *command)
{
    json_object_begin(json);
    text_or_null(json, "name", command->name);
    text_or_null(json, "alias", command->alias);
    text_or_null(json, "group", command_group_title(command->group));
    text_or_null(json, "summary", command->summary);
    flag(json, "needs_host", command->flags & COMMAND_NEEDS_HOST);
    flag(json, "changes", command->flags & COMMAND_CHANGES);
    flag(json, "dry_run", command->flags & COMMAND_DRY_RUN);
    flag(json, "lists", command->flags & COMMAND_LISTS);
    flag(json, "reports", command->flags & COMMAND_REPORTS);
    options(json, "options", command->options);
    options(json, "output_options", cli_output_options(command->flags));
    arguments(json, command->arguments);
    columns(json, command);
    examples(json, command->examples);
    json_object_end(json);
}

void interface_as_json(struct json *json, const struct command *only)
{
    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    json_key(json, "commands");
    json_array_begin(json);
    for (size_t i = 0; all_commands[i]; i++)
        if (only ? all_commands[i] == only : !(all_commands[i]->flags & COMMAND_HIDDEN))
            one_command(json, all_commands[i]);
    json_array_end(json);
    json_object_end(json);
}
