/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a listing can show about a noun (a domain, a disk, a CPU pool), described once.
 *
 * One table per noun holds all its columns. Text headers, JSON keys, CSV headers, --columns,
 * --sort, --filter, their completion and the manual's list of columns all come from it. The type of
 * a column, not the caller, decides how a value looks in each format.
 */
#ifndef XN_BASE_COLUMN_H
#define XN_BASE_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum value_type {
    VALUE_NULL, /* unknown: null in JSON, "-" in a table, empty in CSV */
    VALUE_BOOL,
    VALUE_INT,
    VALUE_UINT,
    VALUE_FLOAT,
    VALUE_TEXT, /* untrusted bytes are fine: every output makes them safe */
    VALUE_LIST, /* of texts */
};

/* One cell. text and list belong to the row that the cell was taken from, unless owned is set. */
struct value {
    enum value_type type;
    union {
        bool boolean;
        int64_t integer;
        uint64_t uinteger;
        double number;
        const char *text;
        const struct string_list *list;
    };
    char *owned; /* freed by value_release; text may point to it */
};

struct column {
    const char *key;      /* "memory_kib": JSON key and the word for --columns, --sort, --filter */
    const char *title;    /* "MEMORY": the header of a table */
    enum value_type type; /* what get yields when it is not VALUE_NULL */
    const char *help;     /* one line */
    /* Fills *value, which is VALUE_NULL before. row is the model struct of the noun. */
    void (*get)(const void *row, struct value *value);
};

/* One column of xl's own layout of a listing: header text and cell with their exact blanks. The
 * cell makes untrusted bytes printable itself. */
struct xl_column {
    const char *title;
    void (*cell)(struct str *out, const void *row);
};

struct column_table {
    const char *noun; /* plural, snake_case: the key of the list in JSON, "domains" */
    const struct column *columns;
    size_t count;
    /* The columns that --columns shows by the word "default", comma separated keys; also the
     * columns of CSV and of the table when xl has no layout for the noun. */
    const char *defaults;
};

/* NULL when the table has no such key. */
const struct column *column_find(const struct column_table *table, const char *key);

void value_set_text(struct value *value, const char *text); /* NULL makes VALUE_NULL */
void value_take_text(struct value *value, char *text);      /* takes text */
void value_set_uint(struct value *value, uint64_t number);
void value_set_int(struct value *value, int64_t number);
void value_set_float(struct value *value, double number);
void value_set_bool(struct value *value, bool boolean);
void value_set_list(struct value *value, const struct string_list *list);
void value_release(struct value *value);

/* The cell of one row; release it with value_release. */
struct value column_value(const struct column *column, const void *row);
/* The value as plain text without units, lists joined by ','; "" for VALUE_NULL. Not made
 * printable: that is the business of the output. */
void value_to_text(const struct value *value, struct str *text);
/* Orders numbers by size and texts by strcmp; VALUE_NULL comes first. */
int value_compare(const struct value *a, const struct value *b);

#endif
