/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grammar of the configuration language: from a source to assignments. */
#ifndef XN_CONFIG_PARSER_H
#define XN_CONFIG_PARSER_H

#include "config/diagnostic.h"
#include "config/document.h"

/* Adds the assignments of source to the document. Goes on after a mistake, so that several are
 * found in one run; all are in diagnostics. */
void parse_source(struct document *document, const struct source *source,
                  struct diagnostics *diagnostics);

#endif
