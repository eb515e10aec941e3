/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A made-up noun and made-up commands: what parser, help, completion and listings are tried with.
 */
#ifndef XN_TESTS_SAMPLE_H
#define XN_TESTS_SAMPLE_H

#include <stdio.h>

#include "base/column.h"
#include "cli/spec.h"

struct sample_guest {
    const char *name;
    uint64_t domid; /* UINT64_MAX: unknown */
    uint64_t memory_kib;
    double load;
    bool paused;
    int64_t drift;
    struct string_list tags;
};

static inline void sample_name(const void *row, struct value *value)
{
    value_set_text(value, ((const struct sample_guest *)row)->name);
}

static inline void sample_domid(const void *row, struct value *value)
{
    const struct sample_guest *guest = row;

    if (guest->domid != UINT64_MAX)
        value_set_uint(value, guest->domid);
}

static inline void sample_memory(const void *row, struct value *value)
{
    value_set_uint(value, ((const struct sample_guest *)row)->memory_kib);
}

static inline void sample_load(const void *row, struct value *value)
{
    value_set_float(value, ((const struct sample_guest *)row)->load);
}

static inline void sample_paused(const void *row, struct value *value)
{
    value_set_bool(value, ((const struct sample_guest *)row)->paused);
}

static inline void sample_drift(const void *row, struct value *value)
{
    value_set_int(value, ((const struct sample_guest *)row)->drift);
}

static inline void sample_tags(const void *row, struct value *value)
{
    value_set_list(value, &((const struct sample_guest *)row)->tags);
}

static const struct column sample_columns[] = {
    { "name", "NAME", VALUE_TEXT, "the guest's name", sample_name },
    { "domid", "ID", VALUE_UINT, "the domain id", sample_domid },
    { "memory_kib", "MEMORY", VALUE_UINT, "memory now", sample_memory },
    { "load", "LOAD", VALUE_FLOAT, "share of one CPU in percent", sample_load },
    { "paused", "PAUSED", VALUE_BOOL, "whether the guest is paused", sample_paused },
    { "drift_ms", "DRIFT", VALUE_INT, "how far its clock is off", sample_drift },
    { "tags", "TAGS", VALUE_LIST, "words that somebody gave it", sample_tags },
};

static const struct column_table sample_table = {
    .noun = "guests",
    .columns = sample_columns,
    .count = sizeof(sample_columns) / sizeof(sample_columns[0]),
    .defaults = "name,domid,memory_kib",
};

struct stop_args {
    bool wait;
    bool force;
    int loud;
    uint64_t timeout_ms;
    uint64_t memory_kib;
    uint64_t count;
    const char *mode;
    const char *file;
    const char *note;
    struct string_list tags;
    struct string_list sizes;
    struct string_list domains;
};

static const char *const sample_modes[] = { "clean", "hard", "pull-the-plug", NULL };

static const struct option_spec stop_options[] = {
    OPTION_FLAG('w', "wait", struct stop_args, wait, "return when the guests are gone"),
    OPTION_FLAG('F', "force", struct stop_args, force, "do not ask the guest"),
    OPTION_FLAG_HIDDEN(0, "forcefully", struct stop_args, force, "old spelling of --force"),
    OPTION_COUNT('l', "loud", struct stop_args, loud, "say more; may be repeated"),
    OPTION_NUMBER('t', "timeout", struct stop_args, timeout_ms, KIND_DURATION, NULL,
                  "give up after this time, which is a long while unless you say otherwise here"),
    OPTION_NUMBER(0, "time-memory", struct stop_args, memory_kib, KIND_SIZE, NULL,
                  "a name that makes '--time' ambiguous"),
    OPTION_NUMBER('n', NULL, struct stop_args, count, KIND_UINT, NULL, "a letter without a name"),
    OPTION_WORD('m', "mode", struct stop_args, mode, sample_modes, "MODE", "how to stop"),
    OPTION_TEXT('f', "file", struct stop_args, file, KIND_FILE, NULL, "a file"),
    OPTION_TEXT(0, "note", struct stop_args, note, KIND_TEXT, "NOTE", "a note"),
    OPTION_LIST('g', "tag", struct stop_args, tags, KIND_TEXT, "TAG", "a tag; may be repeated"),
    OPTION_LIST(0, "size", struct stop_args, sizes, KIND_SIZE, NULL, "a size; may be repeated"),
    OPTION_END,
};

static const struct argument_spec stop_arguments[] = {
    ARGUMENTS("DOMAIN", struct stop_args, domains, KIND_DOMAIN, "the guests to stop"),
    ARGUMENT_END,
};

static inline void stop_prepare(void *args)
{
    ((struct stop_args *)args)->timeout_ms = 60000;
}

static inline int stop_check(const struct env *env, void *args, struct error **error)
{
    const struct stop_args *stop = args;

    (void)env;
    if (stop->wait && stop->force)
        return error_set(error, ERR_USAGE, "'--wait' and '--force' exclude each other");
    return 0;
}

static const struct example stop_examples[] = {
    { "stop --wait web db", "ask two guests to stop and wait until both are gone" },
    { NULL, NULL },
};

static const struct command stop_command = {
    .name = "stop",
    .alias = "halt",
    .group = GROUP_LIFECYCLE,
    .summary = "stop guests",
    .description = "Guests are asked to stop. A guest that does not listen is left alone.\n"
                   "\n"
                   "This line was not wrapped by hand and is therefore much too long, so that it "
                   "has to be wrapped by the help text itself.\n",
    .examples = stop_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = stop_options,
    .arguments = stop_arguments,
    .args_size = sizeof(struct stop_args),
    .prepare = stop_prepare,
    .check = stop_check,
};

struct show_args {
    const char *name;
    const char *json;
};

static const struct option_spec show_options[] = {
    OPTION_TEXT('h', "csv", struct show_args, json, KIND_TEXT, "SEPARATOR",
                "this command's own, with the letter of --help"),
    OPTION_END,
};

static const struct argument_spec show_arguments[] = {
    ARGUMENT_OPTIONAL("DOMAIN", struct show_args, name, KIND_DOMAIN, "one guest only"),
    ARGUMENT_END,
};

static const struct command show_command = {
    .name = "show",
    .group = GROUP_INFORMATION,
    .summary = "show guests",
    .flags = COMMAND_NEEDS_HOST | COMMAND_LISTS,
    .options = show_options,
    .arguments = show_arguments,
    .args_size = sizeof(struct show_args),
    .columns = &sample_table,
};

struct load_args {
    const char *config;
    const char *file;
    struct string_list overrides;
};

static const struct argument_spec load_arguments[] = {
    ARGUMENT_OPTIONAL("CONFIG", struct load_args, config, KIND_CONFIG, "its configuration"),
    ARGUMENT("FILE", struct load_args, file, KIND_FILE, "where the guest was saved"),
    ARGUMENTS_OPTIONAL("KEY=VALUE", struct load_args, overrides, KIND_ASSIGNMENT, "overrides"),
    ARGUMENT_END,
};

static const struct command load_command = {
    .name = "load",
    .group = GROUP_LIFECYCLE,
    .summary = "bring a saved guest back",
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES,
    .arguments = load_arguments,
    .args_size = sizeof(struct load_args),
};

struct rename_args {
    const char *domain;
    const char *name;
};

static const struct argument_spec rename_arguments[] = {
    ARGUMENT("DOMAIN", struct rename_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENT("NAME", struct rename_args, name, KIND_TEXT, "its new name"),
    ARGUMENT_END,
};

static const struct command rename_command = {
    .name = "rename",
    .group = GROUP_LIFECYCLE,
    .summary = "give a guest another name",
    .arguments = rename_arguments,
    .args_size = sizeof(struct rename_args),
};

static const struct command restart_command = {
    .name = "restart-everything-slowly",
    .group = GROUP_HOST,
    .summary = "has a name that is too long for its column",
    .args_size = 1,
};

struct words_args {
    struct string_list words;
};

static const struct argument_spec words_arguments[] = {
    ARGUMENTS_OPTIONAL("WORD", struct words_args, words, KIND_TEXT, "anything"),
    ARGUMENT_END,
};

static const struct command words_command = {
    .name = "__words",
    .group = GROUP_HELP,
    .summary = "take words as they are",
    .flags = COMMAND_HIDDEN | COMMAND_RAW_WORDS,
    .arguments = words_arguments,
    .args_size = sizeof(struct words_args),
};

struct explain_args {
    const char *command;
};

static const struct argument_spec explain_arguments[] = {
    ARGUMENT_OPTIONAL("COMMAND", struct explain_args, command, KIND_COMMAND, "what to explain"),
    ARGUMENT_END,
};

static const struct command explain_command = {
    .name = "explain",
    .group = GROUP_HELP,
    .summary = "explain a command",
    .arguments = explain_arguments,
    .args_size = sizeof(struct explain_args),
};

static const struct command *const sample_commands[] = {
    &stop_command,    &show_command,  &load_command,    &rename_command,
    &restart_command, &words_command, &explain_command, NULL,
};

#endif
