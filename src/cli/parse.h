/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From argv to a filled argument struct. Every usage error ends here, before Xen is touched. */
#ifndef XN_CLI_PARSE_H
#define XN_CLI_PARSE_H

#include "cli/spec.h"

/* The words before the command. */
struct invocation {
    const struct command *command; /* NULL: help or version is asked for, or none was named */
    int argc;                      /* the command's own words, without its name */
    char **argv;
    bool help;    /* -h, --help before the command, or nothing at all */
    bool version; /* --version */
};

/* Reads global options (-v -t -T -N -f, --verbose, --dry-run, --help, --version) into env and finds
 * the command. argv[0] decides env->program and env->as_xl (base name "xl"). ERR_USAGE with a
 * suggestion. */
int cli_parse_global(struct env *env, command_list commands, int argc, char **argv,
                     struct invocation *ret_invocation, struct error **error);

/* What cli_parse_command decided. */
enum parse_outcome { PARSED_RUN, PARSED_HELP };

/* Parses the command's words into args (args_size bytes, zeroed here, .prepare applied) and the
 * output options into env->output, checks counts, kinds and choices, and calls .check. (Column keys
 * are checked by main with listing_check.) Long options may be shortened when unambiguous, options
 * may follow arguments, "--" ends them, letters may be bundled (-lv, -ww). PARSED_HELP: -h or
 * --help was among them. Texts in args point into argv. Release args with cli_release_args;
 * after a failure nothing is left to release, and env->output.format still is FORMAT_JSON if that
 * was asked for. ERR_USAGE names the word, what was expected, and the nearest option. */
int cli_parse_command(struct env *env, const struct command *command, int argc, char **argv,
                      void *args, enum parse_outcome *ret_outcome, struct error **error);

/* Frees the string lists inside args. */
void cli_release_args(const struct command *command, void *args);

/* The options that every command with the given flags has beside its own (a command's own option of
 * the same name wins); ends with OPTION_END. Offsets are the parser's own business. */
const struct option_spec *cli_output_options(unsigned flags);

/* The options that may stand before the command: NULL-terminated list of tables, each of which ends
 * with OPTION_END. Offsets are the parser's own business. */
extern const struct option_spec *const cli_global_options[];

#endif
