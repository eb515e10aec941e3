/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completion from the same tables that the parser reads; see complete.h. */
#include "cli/complete.h"

#include <string.h>

#include "base/mem.h"
#include "cli/option.h"
#include "cli/parse.h"
#include "cli/value.h"

#define FILES_MARK COMPLETE_FILES

/* What the words before the one to complete have said. */
struct context {
    command_list commands;
    const struct completers *completers;
    const struct command *command;
    struct option_table table;
    const struct bound_option *pending; /* its value is to be completed, NULL: none */
    struct string_list used;            /* names and letters of the options so far */
    struct string_list arguments;       /* the words that are no options */
    bool options_ended;
};

static void context_release(struct context *context)
{
    option_table_release(&context->table);
    string_list_release(&context->used);
    string_list_release(&context->arguments);
}

/* Adds lead followed by word when word begins with prefix. */
static void offer(struct string_list *list, const char *lead, const char *word, const char *prefix)
{
    auto_free char *candidate = NULL;

    if (!starts_with(word, prefix))
        return;
    candidate = xasprintf("%s%s", lead, word);
    if (!string_list_has(list, candidate))
        string_list_add(list, candidate);
}

static void offer_files(struct string_list *list)
{
    if (!string_list_has(list, FILES_MARK))
        string_list_add(list, FILES_MARK);
}

static void offer_commands(command_list commands, const char *prefix, struct string_list *list)
{
    for (size_t i = 0; commands[i]; i++)
        if (!(commands[i]->flags & COMMAND_HIDDEN))
            offer(list, "", commands[i]->name, prefix);
}

static void offer_kind(const struct context *context, enum value_kind kind, const char *lead,
                       const char *prefix, const struct string_list *without,
                       struct string_list *list)
{
    completer complete_kind = context->completers ? context->completers->by_kind[kind] : NULL;
    struct completion asked = { context->command, &context->arguments, prefix };
    auto_string_list words = STRING_LIST_INIT;

    if (kind == KIND_FILE || kind == KIND_CONFIG)
        offer_files(list);
    if (complete_kind)
        complete_kind(&asked, &words);
    else if (kind == KIND_COMMAND)
        offer_commands(context->commands, prefix, &words);
    else if (context->command && context->command->complete)
        context->command->complete(kind, &context->arguments, prefix, &words);
    if (string_list_has(&words, FILES_MARK))
        offer_files(list);
    for (size_t i = 0; i < words.count; i++)
        if (strcmp(words.items[i], FILES_MARK) != 0 &&
            (!without || !string_list_has(without, words.items[i])))
            offer(list, lead, words.items[i], prefix);
}

/* Keys separated by commas: completes the last one, without those that stand there already. */
static void offer_keys(const struct column_table *table, bool sort, const char *lead,
                       const char *prefix, struct string_list *list)
{
    const char *comma = strrchr(prefix, ',');
    const char *last = comma ? comma + 1 : prefix;
    bool descending = sort && *last == '-';
    auto_string_list said = STRING_LIST_INIT;
    auto_str front = STR_INIT;

    str_add(&front, lead);
    str_add_bytes(&front, prefix, (size_t)(last - prefix) + descending);
    string_list_split(&said, prefix, ',');
    for (size_t i = 0; i < table->count; i++)
        if (!string_list_has(&said, table->columns[i].key) ||
            strcmp(table->columns[i].key, last) == 0)
            offer(list, str_text(&front), table->columns[i].key, last + descending);
    if (!sort) {
        offer(list, str_text(&front), "all", last);
        offer(list, str_text(&front), "default", last);
    }
}

static void offer_filters(const struct column_table *table, const char *lead, const char *prefix,
                          struct string_list *list)
{
    for (size_t i = 0; i < table->count; i++) {
        auto_free char *filter = xasprintf("%s=", table->columns[i].key);

        offer(list, lead, filter, prefix);
    }
}

/* The output options whose values are made of column keys. False: it is none of them. */
static bool offer_columns(const struct context *context, const struct option_spec *option,
                          const char *lead, const char *prefix, struct string_list *list)
{
    const struct column_table *table = context->command->columns;
    const struct option_spec *outputs = cli_output_options(context->command->flags);

    while (outputs->kind != KIND_NONE && outputs != option)
        outputs++;
    if (outputs->kind != KIND_TEXT || !table)
        return false;
    if (strcmp(option->name, "filter") == 0)
        offer_filters(table, lead, prefix, list);
    else
        offer_keys(table, strcmp(option->name, "sort") == 0, lead, prefix, list);
    return true;
}

static void offer_value(const struct context *context, const struct option_spec *option,
                        const char *lead, const char *prefix, struct string_list *list)
{
    if (offer_columns(context, option, lead, prefix, list))
        return;
    for (const char *const *choice = option->choices; choice && *choice; choice++)
        offer(list, lead, *choice, prefix);
    offer_kind(context, option->kind, lead, prefix, NULL, list);
}

/* How an option is offered: by its name, or by its letter when it has no name. The caller frees it.
 */
static char *option_word(const struct option_spec *option)
{
    return option->name ? xasprintf("--%s", option->name) : xasprintf("-%c", option->letter);
}

static void offer_options(const struct option_table *table, const struct string_list *used,
                          const char *prefix, struct string_list *list)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct option_spec *option = table->options[i].option;
        auto_free char *word = option_word(option);
        bool again = option->repeated || option->kind == KIND_COUNT;

        if (!option->hidden && (again || !string_list_has(used, word)))
            offer(list, "", word, prefix);
    }
}

static void note_option(struct context *context, const struct bound_option *bound, bool has_value)
{
    if (!bound)
        return;
    string_list_take(&context->used, option_word(bound->option));
    if (value_kind_takes_value(bound->option->kind) && !has_value)
        context->pending = bound;
}

static void note_letters(struct context *context, const char *letters)
{
    for (; *letters; letters++) {
        const struct bound_option *bound = option_by_letter(&context->table, *letters);

        note_option(context, bound, letters[1] != '\0');
        if (bound && value_kind_takes_value(bound->option->kind))
            return;
    }
}

/* Follows the parser through the words before the one to complete. */
static void note_word(struct context *context, const char *word)
{
    if (context->pending) {
        context->pending = NULL;
    } else if (context->options_ended || !is_option_word_of(context->command->flags, word)) {
        string_list_add(&context->arguments, word);
    } else if (strcmp(word, "--") == 0) {
        context->options_ended = true;
    } else if (starts_with(word, "--")) {
        size_t length = strcspn(word + 2, "=");

        note_option(context, option_by_name(&context->table, word + 2, length, NULL),
                    word[2 + length] == '=');
    } else {
        note_letters(context, word + 1);
    }
}

static void offer_argument(const struct context *context, const char *prefix,
                           struct string_list *list)
{
    const struct argument_spec *spec = context->command->arguments;
    size_t position = context->arguments.count;

    while (spec && spec->placeholder && !spec->repeated && position-- > 0)
        spec++;
    if (!spec || !spec->placeholder)
        return;
    for (const char *const *choice = spec->choices; choice && *choice; choice++)
        offer(list, "", *choice, prefix);
    offer_kind(context, spec->kind, "", prefix, spec->repeated ? &context->arguments : NULL, list);
}

/* The word to complete, behind a command. */
static void offer_word(const struct context *context, const char *word, struct string_list *list)
{
    const char *equals = strchr(word, '=');
    const struct bound_option *bound;
    auto_free char *lead = NULL;

    if (context->pending) {
        offer_value(context, context->pending->option, "", word, list);
    } else if (context->options_ended || *word != '-') {
        offer_argument(context, word, list);
    } else if (starts_with(word, "--") && equals) {
        bound = option_by_name(&context->table, word + 2, (size_t)(equals - word - 2), NULL);
        lead = xstrndup(word, (size_t)(equals - word) + 1);
        if (bound)
            offer_value(context, bound->option, lead, equals + 1, list);
    } else {
        offer_options(&context->table, &context->used, word, list);
    }
}

static void complete_command(struct context *context, int count, char **words,
                             struct string_list *list)
{
    option_table_add_command(&context->table, context->command, NULL, NULL, NULL);
    context->options_ended = context->command->flags & COMMAND_RAW_WORDS;
    for (int i = 0; i < count - 1; i++)
        note_word(context, words[i]);
    offer_word(context, words[count - 1], list);
}

static void complete_global(struct context *context, const char *word, struct string_list *list)
{
    for (size_t i = 0; cli_global_options[i]; i++)
        option_table_add(&context->table, cli_global_options[i], NULL);
    if (*word == '-' && !context->options_ended)
        offer_options(&context->table, &context->used, word, list);
    else
        offer_commands(context->commands, word, list);
}

void complete(command_list commands, const struct completers *completers, int count, char **words,
              struct string_list *list)
{
    __attribute__((cleanup(context_release))) struct context context = { .commands = commands,
                                                                         .completers = completers };
    int i = 0;

    if (count < 1)
        return;
    while (i < count - 1 && is_option_word(words[i]) && !context.options_ended)
        context.options_ended = strcmp(words[i++], "--") == 0;
    if (i == count - 1) {
        complete_global(&context, words[i], list);
        return;
    }
    context.command = command_find(commands, words[i], false);
    context.options_ended = false;
    if (context.command)
        complete_command(&context, count - i - 1, words + i + 1, list);
}
