/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is wrong with a configuration, and exactly where. */
#ifndef XN_CONFIG_DIAGNOSTIC_H
#define XN_CONFIG_DIAGNOSTIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/column.h"
#include "base/error.h"
#include "base/str.h"

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct diagnostic {
    enum severity severity;
    const char
        *code;       /* stable, static: "syntax", "unknown-key", "wrong-type", "out-of-range" ... */
    char *file;      /* the file's name, or "argument 3" for a key=value word */
    unsigned line;   /* from 1; 0: about the whole file */
    unsigned column; /* from 1, in characters; 0: unknown */
    unsigned length; /* characters to underline, at least 1 */
    char *message;   /* printable; "unknown key 'memroy'" */
    char *hint;      /* printable; "did you mean 'memory'?"; or NULL */
    char *excerpt;   /* the offending line, printable, cut to a window around the column; or NULL */
    unsigned excerpt_column; /* where the caret goes in excerpt, from 1 */
};

struct diagnostics {
    struct diagnostic *items;
    size_t count;
    size_t errors;
    size_t dropped; /* beyond the limit that is kept (100) */
};

#define DIAGNOSTICS_INIT                                                                           \
    {                                                                                              \
        NULL, 0, 0, 0                                                                              \
    }
/* Rows are struct diagnostic. */
extern const struct column_table diagnostic_columns;

#define auto_diagnostics __attribute__((cleanup(diagnostics_release))) struct diagnostics

void diagnostics_release(struct diagnostics *diagnostics);

struct place;

/* Adds one problem. place says where, NULL: nowhere in particular. Returns it for diagnostic_hint,
 * NULL when the limit is reached (it is counted all the same); valid until the next addition. */
struct diagnostic *diagnose(struct diagnostics *diagnostics, enum severity severity,
                            const char *code, const struct place *place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Whether the next warning would only be counted: nothing need be found out for it. (An error takes
 * the place of a warning.) */
bool diagnostics_full(const struct diagnostics *diagnostics);
/* What was expected or what to do; NULL for diagnostic is fine. */
void diagnostic_hint(struct diagnostic *diagnostic, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Orders the diagnostics from index first on by their places: file by file, as they first appear,
 * and what has no line first. */
void diagnostics_sort(struct diagnostics *diagnostics, size_t first);
/* Takes the diagnostics from index first on away again. */
void diagnostics_cut(struct diagnostics *diagnostics, size_t first);

/* "guest.cfg:7:1: warning: unknown key 'memroy'; did you mean 'memory'?" plus excerpt and caret
 * lines, each line starting with prefix. */
void diagnostic_format(const struct diagnostic *diagnostic, const char *prefix, struct str *text);
/* The same without excerpt and newline: one line. */
void diagnostic_sentence(const struct diagnostic *diagnostic, struct str *text);
/* Makes *error (with code) from the errors: the sentence of the first, and as detail its excerpt,
 * the further ones with theirs, and the number of those that are too many to show. Returns -1.
 * There must be an error. */
int diagnostics_to_error(const struct diagnostics *diagnostics, enum error_code code,
                         struct error **error);

#endif
