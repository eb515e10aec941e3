/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which rows are shown and in what order: --filter and --sort.
 *
 * A filter is KEY=GLOB, KEY!=GLOB (whole value, shell wildcards), KEY<N, KEY<=N, KEY>N, KEY>=N
 * (numbers only); several filters must all hold. A list equals a glob when one of its items or the
 * whole, joined by commas, does; what is unknown equals '' and is neither less nor greater than
 * anything. A sort key is KEY or -KEY (descending).
 */
#ifndef XN_OUT_SELECT_H
#define XN_OUT_SELECT_H

#include "base/column.h"
#include "base/error.h"

enum filter_operator {
    FILTER_EQUAL,
    FILTER_DIFFERENT,
    FILTER_LESS,
    FILTER_LESS_EQUAL,
    FILTER_GREATER,
    FILTER_GREATER_EQUAL,
};

struct row_filter {
    const struct column *column;
    enum filter_operator operator;
    char *text; /* the glob, or the number as written */
    double number;
};

/* ERR_USAGE for an unknown key, with the nearest one, or all of them, as hint. */
int column_lookup(const struct column_table *table, const char *key,
                  const struct column **ret_column, struct error **error);

/* ERR_USAGE names the unknown key (with the nearest one as hint) or what a filter looks like. */
int row_filter_parse(const struct column_table *table, const char *text,
                     struct row_filter *ret_filter, struct error **error);
void row_filter_release(struct row_filter *filter);
bool row_filter_matches(const struct row_filter *filter, const void *row);

/* Sorts rows in place, stable. Keys must have been checked by row_sort_check. */
int row_sort_check(const struct column_table *table, const struct string_list *keys,
                   struct error **error);
void rows_sort(const struct column_table *table, const struct string_list *keys, const void **rows,
               size_t count);

#endif
