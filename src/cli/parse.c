/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words behind a command's name become its argument struct; see parse.h. */
#include "cli/parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/help.h"
#include "cli/option.h"
#include "cli/value.h"

/* The output options as they are written; output_words_apply makes struct output_options of it. */
struct output_words {
    const char *format;
    bool json;
    bool csv;
    bool no_header;
    const char *columns;
    const char *sort;
    struct string_list filters;
};

/* In the order of enum output_format, from FORMAT_TABLE on. */
static const char *const metrics_formats[] = { "table", "json", "csv", "prometheus", NULL };
static const char *const listing_formats[] = { "table", "json", "csv", NULL };
static const char *const report_formats[] = { "table", "json", NULL };

#define LISTING_OPTIONS(formats, format_help)                                                      \
    OPTION_WORD(0, "format", struct output_words, format, formats, "FORMAT", format_help),         \
        OPTION_FLAG(0, "json", struct output_words, json, "short for --format=json"),              \
        OPTION_FLAG(0, "csv", struct output_words, csv, "short for --format=csv"),                 \
        OPTION_TEXT(                                                                               \
            0, "columns", struct output_words, columns, KIND_TEXT, "LIST",                         \
            "show these columns, separated by commas; 'all' and 'default' are understood"),        \
        OPTION_TEXT(0, "sort", struct output_words, sort, KIND_TEXT, "LIST",                       \
                    "sort by these columns; '-' in front of one reverses it"),                     \
        OPTION_LIST(                                                                               \
            0, "filter", struct output_words, filters, KIND_TEXT, "EXPR",                          \
            "show only rows with KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N; may be "     \
            "repeated, then all must hold"),                                                       \
        OPTION_FLAG(0, "no-header", struct output_words, no_header,                                \
                    "leave out the line of titles"),                                               \
        OPTION_END

static const struct option_spec listing_options[] = {
    LISTING_OPTIONS(listing_formats, "print a table, json or csv"),
};

static const struct option_spec metrics_options[] = {
    LISTING_OPTIONS(metrics_formats, "print a table, json, csv or prometheus"),
};

static const struct option_spec report_options[] = {
    OPTION_WORD(0, "format", struct output_words, format, report_formats, "FORMAT",
                "print a table or json"),
    OPTION_FLAG(0, "json", struct output_words, json, "short for --format=json"),
    OPTION_END,
};

static const struct option_spec no_options[] = { OPTION_END };

const struct option_spec *cli_output_options(unsigned flags)
{
    if (flags & COMMAND_METRICS)
        return metrics_options;
    if (flags & COMMAND_LISTS)
        return listing_options;
    return flags & COMMAND_REPORTS ? report_options : no_options;
}

static int choose_format(const struct output_words *words, enum output_format *ret_format,
                         struct error **error)
{
    const struct {
        bool said;
        const char *option;
        enum output_format format;
    } shorts[] = { { words->json, "--json", FORMAT_JSON }, { words->csv, "--csv", FORMAT_CSV } };
    const char *chosen_by = words->format ? "--format" : NULL;

    for (size_t i = 0; words->format && metrics_formats[i]; i++)
        if (strcmp(metrics_formats[i], words->format) == 0)
            *ret_format = FORMAT_TABLE + (enum output_format)i;
    for (size_t i = 0; i < ARRAY_SIZE(shorts); i++) {
        if (!shorts[i].said)
            continue;
        if (chosen_by && *ret_format != shorts[i].format) {
            error_set(error, ERR_USAGE, "options '%s' and '%s' contradict each other", chosen_by,
                      shorts[i].option);
            return error_hint(error, "choose one format");
        }
        chosen_by = shorts[i].option;
        *ret_format = shorts[i].format;
    }
    return 0;
}

static int output_words_apply(struct output_words *words, struct output_options *output,
                              struct error **error)
{
    if (choose_format(words, &output->format, error) < 0)
        return -1;
    output->no_header = words->no_header;
    if (words->columns)
        string_list_split(&output->columns, words->columns, ',');
    if (words->sort)
        string_list_split(&output->sort, words->sort, ',');
    output->filters = words->filters;
    words->filters = (struct string_list)STRING_LIST_INIT;
    return 0;
}

static size_t count_required(const struct argument_spec *specs)
{
    size_t count = 0;

    for (; specs && specs->placeholder; specs++)
        count += !specs->optional;
    return count;
}

static int missing_arguments(const struct env *env, const struct command *command, size_t given,
                             struct error **error)
{
    auto_str names = STR_INIT, synopsis = STR_INIT;

    for (const struct argument_spec *spec = command->arguments; spec->placeholder; spec++) {
        if (spec->optional)
            continue;
        if (given) {
            given--;
            continue;
        }
        str_addf(&names, "%s%s", names.length ? " and " : "", spec->placeholder);
    }
    error_set(error, ERR_USAGE, "'%s %s' needs %s", env->program, command->name, str_text(&names));
    help_synopsis(command, env->program, &synopsis);
    return error_hint(error, "usage: %s", str_text(&synopsis));
}

static int store_argument(const struct argument_spec *spec, const char *word, void *args,
                          struct error **error)
{
    void *field = (char *)args + spec->offset;

    if (spec->repeated)
        return value_append(spec->kind, spec->choices, spec->placeholder, word, field, error);
    return value_parse(spec->kind, spec->choices, spec->placeholder, word, field, error);
}

/* Required arguments get their word first; what is to spare goes to the optional ones from the
 * left, so that "[CONFIG] FILE" works too. */
static int store_arguments(const struct env *env, const struct command *command, char **words,
                           size_t count, void *args, struct error **error)
{
    size_t required = count_required(command->arguments), spare, next = 0;

    if (count < required)
        return missing_arguments(env, command, count, error);
    spare = count - required;
    for (const struct argument_spec *spec = command->arguments; spec && spec->placeholder; spec++) {
        size_t extra = spec->repeated ? spare : spec->optional && spare > 0;
        size_t end = next + extra + !spec->optional;

        spare -= extra;
        for (; next < end; next++)
            if (store_argument(spec, words[next], args, error) < 0)
                return -1;
    }
    if (next == count)
        return 0;
    error_set(error, ERR_USAGE, "too many arguments: '%s'", words[next]);
    return error_hint(error, "see '%s %s --help'", env->program, command->name);
}

/* Reads options and gathers the other words. Stops early when help is asked for. */
static int read_words(struct option_reader *reader, unsigned flags, const bool *help, char **words,
                      size_t *ret_count, struct error **error)
{
    bool options_ended = flags & COMMAND_RAW_WORDS;
    size_t count = 0;

    while (reader->next < reader->argc && !*help) {
        char *word = reader->argv[reader->next];

        if (options_ended || !is_option_word_of(flags, word)) {
            words[count++] = word;
            reader->next++;
        } else if (strcmp(word, "--") == 0) {
            options_ended = true;
            reader->next++;
        } else if (option_read(reader, error) < 0) {
            return -1;
        }
    }
    *ret_count = count;
    return 0;
}

static int parse_words(struct env *env, const struct command *command, struct option_reader *reader,
                       struct output_words *output, const bool *help, void *args,
                       struct error **error)
{
    auto_free char **words = xcalloc((size_t)reader->argc + 1, sizeof(*words));
    size_t count = 0;

    if (read_words(reader, command->flags, help, words, &count, error) < 0)
        return -1;
    if (*help)
        return 0;
    if (store_arguments(env, command, words, count, args, error) < 0 ||
        output_words_apply(output, &env->output, error) < 0)
        return -1;
    return command->check ? command->check(env, args, error) : 0;
}

/* The mistake may stand in front of the word that says how errors are to be told. */
static bool wants_json(unsigned flags, int argc, char **argv)
{
    if (!(flags & (COMMAND_LISTS | COMMAND_REPORTS)))
        return false;
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0 || strcmp(argv[i], "--format=json") == 0 ||
            (strcmp(argv[i], "--format") == 0 && i + 1 < argc && strcmp(argv[i + 1], "json") == 0))
            return true;
    return false;
}

int cli_parse_command(struct env *env, const struct command *command, int argc, char **argv,
                      void *args, enum parse_outcome *ret_outcome, struct error **error)
{
    auto_free char *advice = xasprintf("see '%s %s --help'", env->program, command->name);
    auto_option_table table = { NULL, 0 };
    struct option_reader reader = { &table, advice, argc, argv, 0 };
    struct output_words output = { 0 };
    bool help = false;
    int result;

    memset(args, 0, command->args_size);
    if (command->prepare)
        command->prepare(args);
    env_release(env);
    option_table_add_command(&table, command, args, &output, &help);
    result = parse_words(env, command, &reader, &output, &help, args, error);
    string_list_release(&output.filters);
    if (result < 0) {
        cli_release_args(command, args);
        if (wants_json(command->flags, argc, argv))
            env->output.format = FORMAT_JSON;
        return -1;
    }
    *ret_outcome = help ? PARSED_HELP : PARSED_RUN;
    return 0;
}

void cli_release_args(const struct command *command, void *args)
{
    const struct option_spec *option = command->options;
    const struct argument_spec *argument = command->arguments;

    for (; option && option->kind != KIND_NONE; option++)
        if (option->repeated)
            string_list_release((void *)((char *)args + option->offset));
    for (; argument && argument->placeholder; argument++)
        if (argument->repeated)
            string_list_release((void *)((char *)args + argument->offset));
}
