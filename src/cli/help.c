/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Help texts made from the command table; see help.h. */
#include "cli/help.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "cli/option.h"
#include "cli/parse.h"
#include "cli/value.h"

enum {
    LINE_WIDTH = 80,
    WIDEST_LEFT = 26, /* a longer left side has its text below it */
};

/* Two columns: what can be written, and what it means. */
struct pairs {
    struct string_list left, right;
};

static void pairs_release(struct pairs *pairs)
{
    string_list_release(&pairs->left);
    string_list_release(&pairs->right);
}
#define auto_pairs __attribute__((cleanup(pairs_release))) struct pairs

/* Takes left. */
static void pairs_add(struct pairs *pairs, char *left, const char *right)
{
    string_list_take(&pairs->left, left);
    string_list_add(&pairs->right, right ? right : "");
}

/* Adds words, filling lines. The current line has used characters already; further lines begin with
 * indent blanks. Ends the line. */
static void add_wrapped(struct str *text, const char *words, size_t used, size_t indent)
{
    bool line_start = true;

    while (*words) {
        size_t length = strcspn(words, " ");

        if (!line_start && used + 1 + length > LINE_WIDTH) {
            str_add_char(text, '\n');
            str_add_repeat(text, ' ', indent);
            used = indent;
            line_start = true;
        }
        if (!line_start) {
            str_add_char(text, ' ');
            used++;
        }
        str_add_bytes(text, words, length);
        used += length;
        line_start = false;
        words += length;
        words += strspn(words, " ");
    }
    str_add_char(text, '\n');
}

/* The longest left side that is not too long. */
static size_t left_width(const struct pairs *pairs)
{
    size_t width = 0;

    for (size_t i = 0; i < pairs->left.count; i++) {
        size_t length = strlen(pairs->left.items[i]);

        if (length > width && length <= WIDEST_LEFT)
            width = length;
    }
    return width;
}

static void add_pairs(struct str *text, const char *title, const struct pairs *pairs, size_t width)
{
    if (!pairs->left.count)
        return;
    str_addf(text, "\n%s:\n", title);
    for (size_t i = 0; i < pairs->left.count; i++) {
        const char *left = pairs->left.items[i], *right = pairs->right.items[i];
        size_t length = strlen(left);

        str_addf(text, "  %s", left);
        if (*right && length > width) {
            str_add(text, "\n  ");
            length = 0;
        }
        if (*right)
            str_add_repeat(text, ' ', width - length + 2);
        add_wrapped(text, right, width + 4, width + 4);
    }
}

static void add_argument_form(struct str *text, const struct argument_spec *spec)
{
    str_addf(text, spec->optional ? "[%s]%s" : "%s%s", spec->placeholder,
             spec->repeated ? "..." : "");
}

static bool has_visible_option(const struct option_spec *options)
{
    for (; options && options->kind != KIND_NONE; options++)
        if (!options->hidden)
            return true;
    return false;
}

void help_synopsis(const struct command *command, const char *program, struct str *text)
{
    str_addf(text, "%s %s", program, command->name);
    if (has_visible_option(command->options) ||
        has_visible_option(cli_output_options(command->flags)))
        str_add(text, " [OPTION]...");
    for (const struct argument_spec *spec = command->arguments; spec && spec->placeholder; spec++) {
        str_add_char(text, ' ');
        add_argument_form(text, spec);
    }
}

/* "-t, --timeout=DURATION"; names stand in line whether there is a letter or not. */
static char *option_form(const struct option_table *table, const struct bound_option *bound)
{
    const struct option_spec *option = bound->option;
    bool letter = option_by_letter(table, option->letter) == bound;
    auto_str form = STR_INIT;

    if (letter)
        str_addf(&form, "-%c%s", option->letter, option->name ? ", " : "");
    else
        str_add(&form, "    ");
    if (option->name)
        str_addf(&form, "--%s", option->name);
    if (value_kind_takes_value(option->kind))
        str_addf(&form, "%c%s", option->name ? '=' : ' ',
                 option->placeholder ? option->placeholder : value_kind_placeholder(option->kind));
    return str_detach(&form);
}

static void add_options(struct str *text, const char *title, const struct option_table *table)
{
    auto_pairs pairs = { 0 };

    for (size_t i = 0; i < table->count; i++)
        if (!table->options[i].option->hidden)
            pairs_add(&pairs, option_form(table, &table->options[i]),
                      table->options[i].option->help);
    add_pairs(text, title, &pairs, left_width(&pairs));
}

static void add_arguments(struct str *text, const struct command *command)
{
    auto_pairs pairs = { 0 };

    for (const struct argument_spec *spec = command->arguments; spec && spec->placeholder; spec++) {
        auto_str form = STR_INIT;

        add_argument_form(&form, spec);
        pairs_add(&pairs, str_detach(&form), spec->help);
    }
    add_pairs(text, "Arguments", &pairs, left_width(&pairs));
}

static void add_columns(struct str *text, const struct command *command)
{
    auto_pairs pairs = { 0 };

    if (!(command->flags & COMMAND_LISTS) || !command->columns)
        return;
    for (size_t i = 0; i < command->columns->count; i++)
        pairs_add(&pairs, xstrdup(command->columns->columns[i].key),
                  command->columns->columns[i].help);
    add_pairs(text, "Columns", &pairs, left_width(&pairs));
}

static void add_examples(struct str *text, const struct command *command, const char *program)
{
    if (!command->examples || !command->examples->line)
        return;
    str_add(text, "\nExamples:\n");
    for (const struct example *example = command->examples; example->line; example++) {
        str_addf(text, "  %s %s\n", program, example->line);
        if (example->text) {
            str_add(text, "      ");
            add_wrapped(text, example->text, 6, 6);
        }
    }
}

/* Lines stay as they were wrapped by hand, unless they are too long. */
static void add_description(struct str *text, const char *description)
{
    str_add_char(text, '\n');
    while (*description) {
        size_t length = strcspn(description, "\n");
        auto_free char *line = xstrndup(description, length);

        if (length <= LINE_WIDTH)
            str_addf(text, "%s\n", line);
        else
            add_wrapped(text, line, 0, 0);
        description += length + (description[length] == '\n');
    }
}

static void add_sentence(struct str *text, const char *summary)
{
    auto_free char *sentence = xasprintf("%s.", summary);

    sentence[0] = (char)toupper((unsigned char)sentence[0]);
    add_wrapped(text, sentence, 0, 0);
}

void help_command(const struct env *env, const struct command *command, struct str *text)
{
    auto_option_table table = { NULL, 0 };
    auto_str synopsis = STR_INIT;

    help_synopsis(command, env->program, &synopsis);
    str_add(text, "Usage: ");
    add_wrapped(text, str_text(&synopsis), strlen("Usage: "), strlen("Usage: ") + 4);
    str_add_char(text, '\n');
    add_sentence(text, command->summary);
    if (command->description)
        add_description(text, command->description);
    add_arguments(text, command);
    option_table_add_command(&table, command, NULL, NULL, NULL);
    add_options(text, "Options", &table);
    add_columns(text, command);
    add_examples(text, command, env->program);
}

/* group GROUP_NONE: all of them. */
static void collect_commands(struct pairs *pairs, command_list commands, enum command_group group)
{
    for (size_t i = 0; commands[i]; i++)
        if ((group == GROUP_NONE || commands[i]->group == group) &&
            !(commands[i]->flags & COMMAND_HIDDEN))
            pairs_add(pairs, xstrdup(commands[i]->name), commands[i]->summary);
}

/* Every group is as wide as the widest. */
static void add_groups(struct str *text, command_list commands)
{
    auto_pairs all = { 0 };

    collect_commands(&all, commands, GROUP_NONE);
    for (int group = GROUP_LIFECYCLE; group <= GROUP_HELP; group++) {
        auto_pairs pairs = { 0 };

        collect_commands(&pairs, commands, (enum command_group)group);
        add_pairs(text, command_group_title((enum command_group)group), &pairs, left_width(&all));
    }
}

static void overview_as_xl(command_list commands, struct str *text)
{
    str_add(text, "Usage xl [-vfNtT] <subcommand> [args]\n\nxl full list of subcommands:\n\n");
    for (size_t i = 0; commands[i]; i++) {
        const struct command *command = commands[i];

        if (command->flags & COMMAND_HIDDEN)
            continue;
        if (strlen(command->name) > 19)
            str_addf(text, " %s\n %-19s %s\n", command->name, "", command->summary);
        else
            str_addf(text, " %-19s %s\n", command->name, command->summary);
    }
}

void help_overview(const struct env *env, command_list commands, struct str *text)
{
    auto_option_table table = { NULL, 0 };

    if (env->as_xl) {
        overview_as_xl(commands, text);
        return;
    }
    str_addf(text, "Usage: %s [OPTION]... COMMAND [ARGUMENT]...\n\n", env->program);
    str_add(text, "Manage the guests of a Xen host.\n");
    add_groups(text, commands);
    for (size_t i = 0; cli_global_options[i]; i++)
        option_table_add(&table, cli_global_options[i], NULL);
    add_options(text, "Options before the command", &table);
    str_addf(text, "\n'%s COMMAND --help' explains a command.\n", env->program);
}
