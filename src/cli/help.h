/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Help texts, derived from the command table; 80 columns at most. */
#ifndef XN_CLI_HELP_H
#define XN_CLI_HELP_H

#include "cli/spec.h"

/* "xn shutdown [OPTION]... DOMAIN..." */
void help_synopsis(const struct command *command, const char *program, struct str *text);
/* Synopsis, summary, description, arguments, options, columns, examples. */
void help_command(const struct env *env, const struct command *command, struct str *text);
/* The overview: every command by group with its summary. Under the name xl the layout that xl's
 * completion and scripts read (" %-19s description" lines after a header of four lines). */
void help_overview(const struct env *env, command_list commands, struct str *text);

#endif
