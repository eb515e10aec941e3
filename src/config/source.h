/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text of a configuration and where in it something stands. */
#ifndef XN_CONFIG_SOURCE_H
#define XN_CONFIG_SOURCE_H

#include <stddef.h>

#include "base/error.h"

/* A larger file is refused before it is read. Real files have a few KiB. */
#define SOURCE_SIZE_MAX ((size_t)1024 * 1024)

/* One file, or one key=value word. */
struct source {
    char *name; /* as the user gave it, or "argument 3" */
    char *text; /* ends with a NUL that is not counted */
    size_t length;
};

/* A piece of a source. length 0 is the end of the text. */
struct place {
    const struct source *source;
    size_t offset; /* bytes from the start */
    size_t length; /* bytes */
};

/* Reads a regular file or /dev/null; never blocks. ERR_FILE when it cannot be read (the
 * message names the path and, where size matters, the size and the limit). Release in any case. */
int source_read(struct source *ret, const char *path, struct error **error);
/* Copies both. */
void source_from_text(struct source *ret, const char *name, const char *text);
void source_release(struct source *source);

/* Line and column (in characters) of a place, both from 1. */
void place_position(const struct place *place, unsigned *ret_line, unsigned *ret_column);
/* The line that holds the place, without its line end. */
struct place place_line(const struct place *place);

#endif
