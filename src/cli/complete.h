/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completion: what could stand at the end of a half-typed command line. */
#ifndef XN_CLI_COMPLETE_H
#define XN_CLI_COMPLETE_H

#include "cli/spec.h"

/* The word that leaves it to the shell to offer files, too. */
#define COMPLETE_FILES ":files"

/* What a word is to be completed for. Lent. */
struct completion {
    const struct command *command;       /* never NULL */
    const struct string_list *arguments; /* the words before it that are no options */
    const char *prefix;                  /* what was typed of it so far */
};

/* Adds the possible words of a kind to list; must not fail loudly: no host means no words. */
typedef void (*completer)(const struct completion *asked, struct string_list *list);

/* By kind; NULL: nothing to offer, or left to the command itself. KIND_FILE is left to the shell.
 */
struct completers {
    completer by_kind[KINDS];
};

/* words: everything after the program's name, the last one being the (perhaps empty) word to
 * complete. Fills list with candidates that begin with that word (whole words; "--format=" forms
 * included). Adds the single line ":files" when the shell should offer file names too. */
void complete(command_list commands, const struct completers *completers, int count, char **words,
              struct string_list *list);

#endif
