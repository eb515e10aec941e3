/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Rows to a table, JSON or CSV, from one column table.
 *
 * Every cell is made printable in tables and CSV and valid UTF-8 in JSON, whatever bytes it holds.
 */
#ifndef XN_OUT_LISTING_H
#define XN_OUT_LISTING_H

#include <stdio.h>

#include "base/column.h"
#include "base/error.h"
#include "base/output.h"

/* Schema version of all JSON documents; see xn-json(7). */
#define JSON_SCHEMA_VERSION 1

struct listing {
    const struct column_table *table;
    const void *const *rows; /* count pointers to model structs */
    size_t count;
    /* xl's layout, in order: what FORMAT_DEFAULT and FORMAT_TABLE print when no --columns is said.
     * Count 0: there is none and the table's defaults are shown. (Kept apart from the columns,
     * because xl's titles depend on which columns stand beside each other.) */
    const struct xl_column *xl_columns;
    size_t xl_count;
};

/* Filters and sorts (see out/select.h), then writes everything at
 * once. JSON: {"schema_version": 1, "<noun>": [{...}, ...]} with all columns, or those of
 * --columns. Nothing is written when it fails; a stdout that cannot be written is ERR_OUTPUT. */
int listing_print(const struct listing *listing, const struct output_options *options, FILE *out,
                  struct error **error);

struct json;
/* Adds keys to the object of a row. */
typedef void row_details(struct json *json, const void *row);
/* For documents that hold more than the rows: adds the key of the noun and the list to an open
 * object. details: NULL, or what the rows have beside their columns; left out with --columns. */
int listing_add_rows(const struct listing *listing, const struct output_options *options,
                     row_details *details, struct json *json, struct error **error);

/* Checks the keys of --columns, --sort and --filter, before the host is touched. ERR_USAGE. */
int listing_check(const struct column_table *table, const struct output_options *options,
                  struct error **error);

/* Writes text to out and flushes; ERR_OUTPUT on any failure. A reader that went away (EPIPE) ends
 * quietly: the error has code ERR_OUTPUT and an empty message, which main does not print. */
int output_text(FILE *out, const char *text, size_t length, struct error **error);

#endif
