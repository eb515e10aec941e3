/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What to say about text that the grammar does not allow: the parser finds, this file explains. */
#ifndef XN_CONFIG_MISTAKE_H
#define XN_CONFIG_MISTAKE_H

#include <stdbool.h>

#include "config/diagnostic.h"
#include "config/lexer.h"

/* Where in the grammar the token was met. */
enum mistake {
    MISTAKE_AT_START,     /* a key was expected */
    MISTAKE_AFTER_NAME,   /* = or += was expected */
    MISTAKE_IN_VALUE,     /* a value was expected */
    MISTAKE_AFTER_NUMBER, /* the token touches a number */
    MISTAKE_AFTER_VALUE,  /* the end of the line was expected */
    MISTAKE_IN_LIST,      /* , or ] was expected */
    MISTAKE_UNCLOSED_LIST,
    MISTAKE_TOO_MANY,
    MISTAKE_TOO_DEEP,
    MISTAKE_PYTHON,
};

void mistake_report(enum mistake mistake, const struct token *token,
                    struct diagnostics *diagnostics);
/* Whether the token shows that the file is an old one of xm, which was Python. */
bool mistake_is_python(enum mistake mistake, const struct token *token);
/* Reports a source that is no text at all. */
bool mistake_binary_file(const struct source *source, struct diagnostics *diagnostics);
/* Appends the string at place, which has its quotes, without quotes and with its escapes replaced.
 */
void decode_escapes(const struct place *place, struct str *text, struct diagnostics *diagnostics);

#endif
