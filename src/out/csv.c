/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A listing as comma separated values; see table.h. */
#include "out/table.h"

#include <string.h>

/* Quoted only where a reader would stumble otherwise; blanks at the ends are kept by quotes. */
static void add_cell(struct str *text, const char *cell)
{
    size_t length = strlen(cell);
    bool quote = strpbrk(cell, ",\"") || (length && (cell[0] == ' ' || cell[length - 1] == ' '));

    if (!quote) {
        str_add(text, cell);
        return;
    }
    str_add_char(text, '"');
    for (; *cell; cell++) {
        if (*cell == '"')
            str_add_char(text, '"');
        str_add_char(text, *cell);
    }
    str_add_char(text, '"');
}

static void add_value(struct str *text, const struct column *column, const void *row)
{
    struct value value = column_value(column, row);
    auto_str raw = STR_INIT, cell = STR_INIT;

    value_to_text(&value, &raw);
    str_add_printable(&cell, str_text(&raw), raw.length);
    add_cell(text, str_text(&cell));
    value_release(&value);
}

void table_add_csv(const struct view *view, struct str *text)
{
    for (size_t column = 0; view->header && column < view->column_count; column++) {
        if (column)
            str_add_char(text, ',');
        add_cell(text, view->columns[column]->key);
    }
    if (view->header)
        str_add_char(text, '\n');
    for (size_t row = 0; row < view->row_count; row++) {
        for (size_t column = 0; column < view->column_count; column++) {
            if (column)
                str_add_char(text, ',');
            add_value(text, view->columns[column], view->rows[row]);
        }
        str_add_char(text, '\n');
    }
}
