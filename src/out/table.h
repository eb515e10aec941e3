/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text forms of a listing; inside out/ only. */
#ifndef XN_OUT_TABLE_H
#define XN_OUT_TABLE_H

#include "base/column.h"

/* What is to be shown, already chosen, filtered and sorted. */
struct view {
    const struct column *const *columns;
    size_t column_count;
    const void *const *rows;
    size_t row_count;
    bool header;
};

/* xl's own layout: titles and cells one after the other, as they are. The view's columns do not
 * count. */
void table_add_xl(const struct xl_column *columns, size_t count, const struct view *view,
                  struct str *text);
/* Columns as wide as they need to be, numbers at the right. Reads the user's locale, and escapes
 * what it cannot show. */
void table_add_aligned(const struct view *view, struct str *text);
/* RFC 4180 with plain newlines; the header holds the keys. */
void table_add_csv(const struct view *view, struct str *text);

#endif
