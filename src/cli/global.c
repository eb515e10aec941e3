/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What stands before the command's name: the program's own name and the global options. */
#include "cli/parse.h"

#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"
#include "cli/option.h"

static const struct option_spec env_options[] = {
    OPTION_COUNT('v', "verbose", struct env, verbose, "show what libxl says; twice: more of it"),
    OPTION_FLAG('N', "dry-run", struct env, dry_run, "show what would be done, do nothing"),
    OPTION_FLAG('T', "timestamps", struct env, timestamps,
                "put date and process id in front of libxl's messages"),
    OPTION_FLAG('t', "progress", struct env, progress_lines,
                "show progress even when stderr is no terminal"),
    OPTION_END,
};

static const struct option_spec invocation_options[] = {
    OPTION_FLAG('h', "help", struct invocation, help, "show this help"),
    OPTION_FLAG(0, "version", struct invocation, version, "show the version"),
    OPTION_END,
};

/* -f once overrode a check for another toolstack; scripts still say it. */
struct ignored {
    bool force;
};

static const struct option_spec ignored_options[] = {
    OPTION_FLAG_HIDDEN('f', NULL, struct ignored, force, "accepted and ignored"),
    OPTION_END,
};

const struct option_spec *const cli_global_options[] = { env_options, invocation_options,
                                                         ignored_options, NULL };

static void name_program(struct env *env, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    const char *name = slash ? slash + 1 : path;

    env->as_xl = name && strcmp(name, "xl") == 0;
    env->program = env->as_xl ? "xl" : "xn";
}

/* Names the commands that an ambiguous abbreviation begins. */
static int hint_commands(command_list commands, const char *word, struct error **error)
{
    auto_str fitting = STR_INIT;
    size_t count = 0;

    for (size_t i = 0; commands[i]; i++)
        if (!(commands[i]->flags & COMMAND_HIDDEN) && starts_with(commands[i]->name, word))
            str_addf(&fitting, "%s'%s'", count++ ? ", " : "", commands[i]->name);
    return count > 1 ? error_hint(error, "it could be %s", str_text(&fitting)) : -1;
}

static int unknown_command(const struct env *env, command_list commands, const char *word,
                           struct error **error)
{
    auto_free const char **names = NULL;
    const char *near;
    size_t count = 0;

    for (size_t i = 0; commands[i]; i++) {
        if (commands[i]->flags & COMMAND_HIDDEN)
            continue;
        names = xreallocarray(names, count + 1, sizeof(*names));
        names[count++] = commands[i]->name;
    }
    error_set(error, ERR_USAGE, "unknown command '%s'", word);
    if (env->as_xl)
        hint_commands(commands, word, error);
    near = suggest(word, names, count);
    if (near)
        return error_hint(error, "did you mean '%s'?", near);
    return error_hint(error, "see '%s --help' for all commands", env->program);
}

static int find_command(const struct env *env, command_list commands, const char *word,
                        const struct command **ret_command, struct error **error)
{
    const struct command *command = command_find(commands, word, env->as_xl);

    if (!command)
        return unknown_command(env, commands, word, error);
    if (env->dry_run && !(command->flags & COMMAND_DRY_RUN))
        return error_set(error, ERR_USAGE, "'%s %s' has no dry run", env->program, command->name);
    *ret_command = command;
    return 0;
}

static int read_global_options(struct option_reader *reader, struct error **error)
{
    while (reader->next < reader->argc && is_option_word(reader->argv[reader->next])) {
        if (strcmp(reader->argv[reader->next], "--") == 0) {
            reader->next++;
            return 0;
        }
        if (option_read(reader, error) < 0)
            return -1;
    }
    return 0;
}

int cli_parse_global(struct env *env, command_list commands, int argc, char **argv,
                     struct invocation *ret_invocation, struct error **error)
{
    auto_option_table table = { NULL, 0 };
    struct option_reader reader = { &table, "options of a command stand behind its name", argc,
                                    argv, 1 };
    struct invocation invocation = { 0 };
    struct ignored ignored = { false };

    name_program(env, argc > 0 ? argv[0] : NULL);
    option_table_add(&table, env_options, env);
    option_table_add(&table, invocation_options, &invocation);
    option_table_add(&table, ignored_options, &ignored);
    if (read_global_options(&reader, error) < 0)
        return -1;
    invocation.help |= reader.next == argc && !invocation.version;
    if (!invocation.help && !invocation.version) {
        if (find_command(env, commands, argv[reader.next], &invocation.command, error) < 0)
            return -1;
        invocation.argc = argc - reader.next - 1;
        invocation.argv = argv + reader.next + 1;
    }
    *ret_invocation = invocation;
    return 0;
}
