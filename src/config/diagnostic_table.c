/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Diagnostics as data: what --json, --csv and --columns show of them. */
#include "config/diagnostic.h"

static void get_severity(const void *row, struct value *value)
{
    const struct diagnostic *diagnostic = row;

    value_set_text(value, diagnostic->severity == SEVERITY_ERROR ? "error" : "warning");
}

static void set_position(struct value *value, unsigned number)
{
    if (number)
        value_set_uint(value, number);
}

#define TEXT(field)                                                                                \
    static void get_##field(const void *row, struct value *value)                                  \
    {                                                                                              \
        value_set_text(value, ((const struct diagnostic *)row)->field);                            \
    }
#define POSITION(field)                                                                            \
    static void get_##field(const void *row, struct value *value)                                  \
    {                                                                                              \
        set_position(value, ((const struct diagnostic *)row)->field);                              \
    }
TEXT(code)
TEXT(file)
TEXT(message)
TEXT(hint)
TEXT(excerpt)
POSITION(line)
POSITION(column)
static void get_length(const void *row, struct value *value)
{
    const struct diagnostic *diagnostic = row;

    set_position(value, diagnostic->column ? diagnostic->length : 0);
}
POSITION(excerpt_column)

static const struct column columns[] = {
    { "severity", "SEVERITY", VALUE_TEXT, "error or warning", get_severity },
    { "code", "CODE", VALUE_TEXT, "the kind of problem, a stable word", get_code },
    { "file", "FILE", VALUE_TEXT, "the file, or the word of the command line", get_file },
    { "line", "LINE", VALUE_UINT, "the line, from 1", get_line },
    { "column", "COLUMN", VALUE_UINT, "the character in the line, from 1", get_column },
    { "length", "LENGTH", VALUE_UINT, "how many characters of the excerpt it is about",
      get_length },
    { "message", "MESSAGE", VALUE_TEXT, "what is wrong", get_message },
    { "hint", "HINT", VALUE_TEXT, "what was expected, or what to do", get_hint },
    { "excerpt", "EXCERPT", VALUE_TEXT, "the line, cut where it is long", get_excerpt },
    { "excerpt_column", "AT", VALUE_UINT, "where in the excerpt it is, from 1",
      get_excerpt_column },
};

const struct column_table diagnostic_columns = {
    .noun = "diagnostics",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .defaults = "severity,file,line,column,message,hint",
};
