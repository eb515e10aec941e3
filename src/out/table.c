/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A listing as a table: xl's layout, or aligned columns; see table.h. */
#include "out/table.h"

#include <locale.h>
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

static bool is_right_aligned(const struct column *column)
{
    return column->type == VALUE_INT || column->type == VALUE_UINT || column->type == VALUE_FLOAT;
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

/* Puts the text into cell; a character whose width cannot be told would bend the table. */
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

/* The places on a terminal that a text takes which add_displayable has made. */
static size_t text_width(const char *text)
{
    mbstate_t state = { 0 };
    size_t width = 0, used;
    wchar_t character;

    for (; *text; text += used) {
        used = mbrtowc(&character, text, MB_CUR_MAX, &state);
        width += (size_t)wcwidth(character);
    }
    return width;
}

static char *cell_text(const struct column *column, const void *row)
{
    struct value value = column_value(column, row);
    auto_str raw = STR_INIT, cell = STR_INIT;

    if (value.type == VALUE_NULL)
        str_add(&raw, "-");
    value_to_text(&value, &raw);
    add_displayable(&cell, str_text(&raw), raw.length);
    value_release(&value);
    return str_detach(&cell);
}

/* One line, without blanks at its end. The cells are those of the columns. */
static void add_line(const struct view *view, const char *const *cells, const size_t *widths,
                     struct str *text)
{
    size_t start = text->length;

    for (size_t i = 0; i < view->column_count; i++) {
        int blanks = (int)(widths[i] - text_width(cells[i]));
        bool right = is_right_aligned(view->columns[i]);

        str_addf(text, "%s%*s%s%*s", i ? " " : "", right ? blanks : 0, "", cells[i],
                 right ? 0 : blanks, "");
    }
    while (text->length > start && text->text[text->length - 1] == ' ')
        text->text[--text->length] = '\0';
    str_add_char(text, '\n');
}

/* A header without rows is as narrow as its titles. A table is never cut to the width of a
 * terminal, because what is cut is what was looked for. */
void table_add_aligned(const struct view *view, struct str *text)
{
    size_t columns = view->column_count, lines = view->row_count + view->header;
    auto_string_list cells = STRING_LIST_INIT;
    auto_free size_t *widths = xcalloc(columns, sizeof(*widths));

    /* Nothing else asks how wide a character is, so no other command reads the locale's files. */
    setlocale(LC_CTYPE, "");
    for (size_t i = 0; view->header && i < columns; i++)
        string_list_add(&cells, view->columns[i]->title);
    for (size_t row = 0; row < view->row_count; row++)
        for (size_t i = 0; i < columns; i++)
            string_list_take(&cells, cell_text(view->columns[i], view->rows[row]));
    for (size_t i = 0; i < cells.count; i++) {
        size_t width = text_width(cells.items[i]);

        if (width > widths[i % columns])
            widths[i % columns] = width;
    }
    for (size_t line = 0; line < lines; line++)
        add_line(view, (const char *const *)cells.items + line * columns, widths, text);
}
