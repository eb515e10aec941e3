/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A listing as a table: xl's layout, or aligned by libsmartcols; see table.h. */
#include "out/table.h"

#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/mem.h"

void table_add_xl(const struct xl_column *columns, size_t count, const struct view *view,
                  struct str *text)
{
    for (size_t i = 0; view->header && i < count; i++)
        str_add(text, columns[i].title);
    if (view->header)
        str_add_char(text, '\n');
    for (size_t row = 0; row < view->row_count; row++) {
        for (size_t i = 0; i < count; i++)
            columns[i].cell(text, view->rows[row]);
        str_add_char(text, '\n');
    }
}

static void unref_table(struct libscols_table **table)
{
    scols_unref_table(*table);
}

static bool is_right_aligned(const struct column *column)
{
    return column->type == VALUE_INT || column->type == VALUE_UINT || column->type == VALUE_FLOAT;
}

/* Cells are harmless when they get here, so libsmartcols need not escape anything; and a table is
 * never cut to the width of a terminal, because what is cut is what was looked for. */
static int set_up(struct libscols_table *table, const struct view *view)
{
    if (scols_table_enable_noencoding(table, 1) || scols_table_enable_colors(table, 0) ||
        scols_table_enable_noheadings(table, !view->header) ||
        scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER))
        return -1;
    for (size_t i = 0; i < view->column_count; i++) {
        /* A title that is not shown must not widen its column. */
        const char *title = view->header ? view->columns[i]->title : "";

        if (!scols_table_new_column(table, title, 0,
                                    is_right_aligned(view->columns[i]) ? SCOLS_FL_RIGHT : 0))
            return -1;
    }
    return 0;
}

/* The length of a character that the locale can read and a terminal has a place for, else 0. */
static size_t displayable_length(const char *bytes, size_t length)
{
    mbstate_t state = { 0 };
    wchar_t character;
    size_t used = mbrtowc(&character, bytes, length, &state);

    if (used == 0 || used > length || !iswprint((wint_t)character) || wcwidth(character) < 0)
        return 0;
    return used;
}

/* libsmartcols never returns when it meets a character whose width it cannot tell. */
static void add_displayable(struct str *cell, const char *bytes, size_t length)
{
    auto_str harmless = STR_INIT;

    str_add_printable(&harmless, bytes, length);
    for (size_t i = 0; i < harmless.length;) {
        size_t used = displayable_length(harmless.text + i, harmless.length - i);

        if (used)
            str_add_bytes(cell, harmless.text + i, used);
        else
            str_addf(cell, "\\x%02x", (unsigned char)harmless.text[i]);
        i += used ? used : 1;
    }
}

static int set_cell(struct libscols_line *line, size_t index, const struct column *column,
                    const void *row)
{
    struct value value = column_value(column, row);
    auto_str raw = STR_INIT, cell = STR_INIT;

    if (value.type == VALUE_NULL)
        str_add(&raw, "-");
    value_to_text(&value, &raw);
    add_displayable(&cell, str_text(&raw), raw.length);
    value_release(&value);
    return scols_line_set_data(line, index, str_text(&cell));
}

static int add_rows(struct libscols_table *table, const struct view *view)
{
    for (size_t row = 0; row < view->row_count; row++) {
        struct libscols_line *line = scols_table_new_line(table, NULL);

        for (size_t i = 0; i < view->column_count; i++)
            if (!line || set_cell(line, i, view->columns[i], view->rows[row]))
                return -1;
    }
    return 0;
}

/* Lines without the blanks at their ends. */
static void add_trimmed(struct str *text, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n"), used = length;

        while (used && lines[used - 1] == ' ')
            used--;
        str_add_bytes(text, lines, used);
        str_add_char(text, '\n');
        lines += length + (lines[length] == '\n');
    }
}

/* libsmartcols prints nothing at all for a table without rows. */
static void add_bare_header(const struct view *view, struct str *text)
{
    for (size_t i = 0; view->header && i < view->column_count; i++)
        str_addf(text, "%s%s", i ? " " : "", view->columns[i]->title);
    if (view->header)
        str_add_char(text, '\n');
}

int table_add_aligned(const struct view *view, struct str *text, struct error **error)
{
    __attribute__((cleanup(unref_table))) struct libscols_table *table = NULL;
    auto_free char *lines = NULL;

    if (!view->row_count) {
        add_bare_header(view, text);
        return 0;
    }
    table = scols_new_table();
    if (!table || set_up(table, view) || add_rows(table, view) ||
        scols_print_table_to_string(table, &lines))
        return error_set_errno(error, ERR_FAILED, "cannot lay out the table");
    add_trimmed(text, lines);
    return 0;
}
