/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Errors and notes for the user, on stderr: a sentence with its cause and hint, or JSON. */
#ifndef XN_OUT_MESSAGE_H
#define XN_OUT_MESSAGE_H

#include <stdio.h>

#include "base/error.h"
#include "base/output.h"

/* "xn: shutdown: no domain named 'web'", then the detail and the hint, each on a line of its own.
 * With FORMAT_JSON one object. An error without a sentence prints nothing. command may be NULL. */
void message_error(FILE *stream, enum output_format format, const char *program,
                   const char *command, const struct error *error);

#endif
