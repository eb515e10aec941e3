/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading options; see option.h. Not getopt_long, because that can neither say which abbreviation
 * is ambiguous between what, nor which letter of a bundle is wrong, without printing by itself.
 */
#include "cli/option.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"
#include "cli/parse.h"
#include "cli/value.h"

static const struct option_spec help_options[] = {
    { .letter = 'h', .name = "help", .kind = KIND_FLAG, .help = "show this help" },
    OPTION_END,
};

static bool has_name(const struct option_table *table, size_t count, const char *name)
{
    for (size_t i = 0; name && i < count; i++)
        if (table->options[i].option->name && strcmp(table->options[i].option->name, name) == 0)
            return true;
    return false;
}

void option_table_add(struct option_table *table, const struct option_spec *options, void *base)
{
    size_t earlier = table->count;

    for (; options && options->kind != KIND_NONE; options++) {
        if (has_name(table, earlier, options->name))
            continue;
        table->options = xreallocarray(table->options, table->count + 1, sizeof(*table->options));
        table->options[table->count++] = (struct bound_option){ options, base };
    }
}

void option_table_add_command(struct option_table *table, const struct command *command, void *args,
                              void *output, bool *help)
{
    if (command->flags & COMMAND_RAW_WORDS)
        return;
    option_table_add(table, command->options, args);
    option_table_add(table, cli_output_options(command->flags), output);
    option_table_add(table, help_options, help);
}

void option_table_release(struct option_table *table)
{
    free(table->options);
    *table = (struct option_table){ NULL, 0 };
}

const struct bound_option *option_by_letter(const struct option_table *table, char letter)
{
    for (size_t i = 0; letter && i < table->count; i++)
        if (table->options[i].option->letter == letter)
            return &table->options[i];
    return NULL;
}

/* Two spellings of one option. */
static bool same_field(const struct bound_option *a, const struct bound_option *b)
{
    return a->base == b->base && a->option->offset == b->option->offset &&
           a->option->kind == b->option->kind;
}

static bool begins_with(const struct bound_option *bound, const char *name, size_t length)
{
    return bound->option->name && strncmp(bound->option->name, name, length) == 0;
}

/* Odd and old spellings (hidden) count only when no other name fits. */
static const struct bound_option *by_beginning(const struct option_table *table, const char *name,
                                               size_t length, bool hidden, struct str *ret_others)
{
    const struct bound_option *found = NULL;
    bool ambiguous = false;

    for (size_t i = 0; i < table->count; i++) {
        const struct bound_option *bound = &table->options[i];

        if (bound->option->hidden != hidden || !begins_with(bound, name, length))
            continue;
        if (ret_others)
            str_addf(ret_others, "%s'--%s'", found ? ", " : "", bound->option->name);
        if (!found)
            found = bound;
        else if (!same_field(found, bound))
            ambiguous = true;
    }
    if (!ambiguous && ret_others)
        str_clear(ret_others);
    return ambiguous ? NULL : found;
}

const struct bound_option *option_by_name(const struct option_table *table, const char *name,
                                          size_t length, struct str *ret_others)
{
    auto_str others = STR_INIT;
    const struct bound_option *found;

    for (size_t i = 0; i < table->count; i++)
        if (begins_with(&table->options[i], name, length) &&
            table->options[i].option->name[length] == '\0')
            return &table->options[i];
    found = by_beginning(table, name, length, false, &others);
    if (!found && !others.length)
        found = by_beginning(table, name, length, true, &others);
    if (ret_others)
        str_add(ret_others, str_text(&others));
    return found;
}

bool is_option_word(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

bool is_option_word_of(unsigned flags, const char *word)
{
    return is_option_word(word) && !((flags & COMMAND_SIGNED) && word[1] >= '0' && word[1] <= '9');
}

static int store(const struct bound_option *bound, const char *what, const char *text,
                 struct error **error)
{
    const struct option_spec *option = bound->option;
    void *field = (char *)bound->base + option->offset;

    if (option->repeated)
        return value_append(option->kind, option->choices, what, text, field, error);
    return value_parse(option->kind, option->choices, what, text, field, error);
}

static const char *placeholder_of(const struct option_spec *option)
{
    return option->placeholder ? option->placeholder : value_kind_placeholder(option->kind);
}

static int unknown_option(const struct option_reader *reader, const char *name, size_t length,
                          struct error **error)
{
    auto_free char *word = xstrndup(name, length);
    auto_free const char **names = xcalloc(reader->table->count, sizeof(*names));
    const char *near;
    size_t count = 0;

    for (size_t i = 0; i < reader->table->count; i++)
        if (reader->table->options[i].option->name && !reader->table->options[i].option->hidden)
            names[count++] = reader->table->options[i].option->name;
    near = suggest(word, names, count);
    error_set(error, ERR_USAGE, "unknown option '--%s'", word);
    if (near)
        return error_hint(error, "did you mean '--%s'?", near);
    return error_hint(error, "%s", reader->advice);
}

/* The value of an option is the next word; NULL, with *error set, when there is none. */
static const char *next_word(struct option_reader *reader, const char *what, const char *form,
                             const struct option_spec *option, struct error **error)
{
    if (reader->next < reader->argc)
        return reader->argv[reader->next++];
    error_set(error, ERR_USAGE, "%s needs a value", what);
    error_hint(error, "write it as %s%s", form, placeholder_of(option));
    return NULL;
}

static int read_long(struct option_reader *reader, const char *name, struct error **error)
{
    const char *equals = strchrnul(name, '=');
    size_t length = (size_t)(equals - name);
    auto_str others = STR_INIT;
    const struct bound_option *bound = option_by_name(reader->table, name, length, &others);
    const char *value = *equals ? equals + 1 : NULL;
    auto_free char *what = NULL, *form = NULL;

    if (!bound && others.length)
        return error_set(error, ERR_USAGE, "option '--%.*s' is ambiguous between %s", (int)length,
                         name, str_text(&others));
    if (!bound)
        return unknown_option(reader, name, length, error);
    what = xasprintf("option '--%s'", bound->option->name);
    if (!value_kind_takes_value(bound->option->kind) && value) {
        error_set(error, ERR_USAGE, "%s takes no value, but '%s' was given", what, value);
        return error_hint(error, "%s", reader->advice);
    }
    if (value_kind_takes_value(bound->option->kind) && !value) {
        form = xasprintf("--%s=", bound->option->name);
        value = next_word(reader, what, form, bound->option, error);
        if (!value)
            return -1;
    }
    return store(bound, what, value, error);
}

static int unknown_letter(const struct option_reader *reader, const char *word, char letter,
                          struct error **error)
{
    if (word[2])
        error_set(error, ERR_USAGE, "unknown option '-%c' in '%s'", letter, word);
    else
        error_set(error, ERR_USAGE, "unknown option '%s'", word);
    for (size_t i = 0; i < reader->table->count; i++) {
        const char *name = reader->table->options[i].option->name;

        if (name && word[2] && strcmp(name, word + 1) == 0)
            return error_hint(error, "did you mean '--%s'?", name);
    }
    return error_hint(error, "%s", reader->advice);
}

/* A bundle: flags, and at its end perhaps an option whose value is the rest or the next word. */
static int read_letters(struct option_reader *reader, const char *word, struct error **error)
{
    for (const char *letter = word + 1; *letter; letter++) {
        const struct bound_option *bound = option_by_letter(reader->table, *letter);
        auto_free char *what = xasprintf("option '-%c'", *letter);
        auto_free char *form = xasprintf("-%c ", *letter);
        const char *value;

        if (!bound)
            return unknown_letter(reader, word, *letter, error);
        if (!value_kind_takes_value(bound->option->kind)) {
            if (store(bound, what, NULL, error) < 0)
                return -1;
            continue;
        }
        value = letter[1] ? letter + 1 : next_word(reader, what, form, bound->option, error);
        return value ? store(bound, what, value, error) : -1;
    }
    return 0;
}

int option_read(struct option_reader *reader, struct error **error)
{
    const char *word = reader->argv[reader->next++];

    return starts_with(word, "--") ? read_long(reader, word + 2, error)
                                   : read_letters(reader, word, error);
}
