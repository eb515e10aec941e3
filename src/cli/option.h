/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Options of one command line: looking them up and reading them with their values. Shared by the
 * parser of a command, the parser of what stands before it, help and completion.
 */
#ifndef XN_CLI_OPTION_H
#define XN_CLI_OPTION_H

#include "cli/spec.h"

/* An option and the struct that its offset counts in (NULL when nothing is stored). */
struct bound_option {
    const struct option_spec *option;
    void *base;
};

struct option_table {
    struct bound_option *options;
    size_t count;
};

/* Adds options up to OPTION_END (NULL: none), without those whose long name an earlier call added.
 */
void option_table_add(struct option_table *table, const struct option_spec *options, void *base);
/* Adds what a command understands: its own, the output options, --help (into *help). Bases may be
 * NULL when only the descriptions matter. */
void option_table_add_command(struct option_table *table, const struct command *command, void *args,
                              void *output, bool *help);
void option_table_release(struct option_table *table);
#define auto_option_table __attribute__((cleanup(option_table_release))) struct option_table

/* NULL when there is none. Of two with the same letter the one added first. */
const struct bound_option *option_by_letter(const struct option_table *table, char letter);
/* By name or unambiguous beginning. When several fit, *ret_others names them, quoted, if it is not
 * NULL. NULL when none or several fit. */
const struct bound_option *option_by_name(const struct option_table *table, const char *name,
                                          size_t length, struct str *ret_others);
/* "-" with something behind it: an option, a bundle of letters or "--". */
bool is_option_word(const char *word);
/* The same for a command with these flags: COMMAND_SIGNED takes "-5" for an argument. */
bool is_option_word_of(unsigned flags, const char *word);

/* Reads words one after the other. */
struct option_reader {
    const struct option_table *table;
    const char *advice; /* hint for an unknown option that resembles none */
    int argc;
    char **argv;
    int next; /* the word to be read next */
};

/* Reads the option word at reader->next, with its value, stores it and moves on. ERR_USAGE. */
int option_read(struct option_reader *reader, struct error **error);

#endif
