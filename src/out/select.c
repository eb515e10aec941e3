/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Filtering and sorting rows by their columns; see select.h. */
#include "out/select.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"

/* ERR_USAGE for a key that the table has not. */
static int unknown_column(const struct column_table *table, const char *key, struct error **error)
{
    auto_free const char **keys = xcalloc(table->count, sizeof(*keys));
    auto_str all = STR_INIT;
    const char *near;

    for (size_t i = 0; i < table->count; i++) {
        keys[i] = table->columns[i].key;
        str_addf(&all, "%s%s", i ? ", " : "", keys[i]);
    }
    error_set(error, ERR_USAGE, "unknown column '%s'", key);
    near = suggest(key, keys, table->count);
    if (near)
        return error_hint(error, "did you mean '%s'?", near);
    return error_hint(error, "the columns are %s", str_text(&all));
}

int column_lookup(const struct column_table *table, const char *key,
                  const struct column **ret_column, struct error **error)
{
    const struct column *column = column_find(table, key);

    if (!column)
        return unknown_column(table, key, error);
    *ret_column = column;
    return 0;
}

static bool is_number_type(enum value_type type)
{
    return type == VALUE_INT || type == VALUE_UINT || type == VALUE_FLOAT;
}

/* Digits, perhaps with a sign and a fraction. Not strtod: that obeys the locale and takes "nan" and
 * "0x1p3". */
static bool parse_decimal(const char *text, double *ret_number)
{
    bool negative = *text == '-';
    size_t digits = strspn(text += negative, "0123456789");
    double number = 0, unit = 1;

    if (digits == 0)
        return false;
    for (; digits > 0; digits--)
        number = number * 10 + (*text++ - '0');
    if (*text == '.') {
        digits = strspn(++text, "0123456789");
        if (digits == 0)
            return false;
        for (; digits > 0; digits--)
            number += (*text++ - '0') * (unit /= 10);
    }
    *ret_number = negative ? -number : number;
    return *text == '\0';
}

static const struct {
    const char *sign;
    enum filter_operator operator;
} operators[] = {
    /* longer ones first */
    { "!=", FILTER_DIFFERENT }, { "<=", FILTER_LESS_EQUAL }, { ">=", FILTER_GREATER_EQUAL },
    { "=", FILTER_EQUAL },      { "<", FILTER_LESS },        { ">", FILTER_GREATER },
};

static int bad_filter(const char *text, struct error **error)
{
    error_set(error, ERR_USAGE, "'%s' is not a filter", text);
    return error_hint(error, "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N");
}

static int parse_operand(struct row_filter *filter, const char *sign, const char *operand,
                         struct error **error)
{
    if (filter->operator!= FILTER_EQUAL && filter->operator!= FILTER_DIFFERENT) {
        if (!is_number_type(filter->column->type)) {
            error_set(error, ERR_USAGE, "column '%s' holds no numbers to compare with '%s'",
                      filter->column->key, sign);
            return error_hint(error, "use '=' or '!='");
        }
        if (!parse_decimal(operand, &filter->number))
            return error_set(error, ERR_USAGE, "'%s' is not a number to compare column '%s' with",
                             operand, filter->column->key);
    }
    filter->text = xstrdup(operand);
    return 0;
}

int row_filter_parse(const struct column_table *table, const char *text,
                     struct row_filter *ret_filter, struct error **error)
{
    size_t length = strcspn(text, "=!<>");
    auto_free char *key = xstrndup(text, length);
    struct row_filter filter = { 0 };
    size_t i = 0;

    while (i < ARRAY_SIZE(operators) && !starts_with(text + length, operators[i].sign))
        i++;
    if (i == ARRAY_SIZE(operators) || length == 0)
        return bad_filter(text, error);
    filter.operator= operators[i].operator;
    if (column_lookup(table, key, &filter.column, error) < 0 ||
        parse_operand(&filter, operators[i].sign, text + length + strlen(operators[i].sign),
                      error) < 0)
        return -1;
    *ret_filter = filter;
    return 0;
}

void row_filter_release(struct row_filter *filter)
{
    free(filter->text);
    *filter = (struct row_filter){ 0 };
}

/* Equal texts match even when they hold a '[', or bytes that fnmatch cannot read in this locale. */
static bool glob_matches(const char *glob, const char *text)
{
    return strcmp(glob, text) == 0 || fnmatch(glob, text, 0) == 0;
}

/* A list matches when the whole of it, joined by commas, or one of its items does. */
static bool value_matches(const char *glob, const struct value *value)
{
    auto_str text = STR_INIT;

    if (value->type == VALUE_LIST)
        for (size_t i = 0; i < value->list->count; i++)
            if (glob_matches(glob, value->list->items[i]))
                return true;
    value_to_text(value, &text);
    return glob_matches(glob, str_text(&text));
}

static bool number_matches(const struct row_filter *filter, const struct value *value)
{
    struct value number = { .type = VALUE_NULL };
    int order;

    if (value->type == VALUE_NULL)
        return false;
    value_set_float(&number, filter->number);
    order = value_compare(value, &number);
    switch (filter->operator) {
    case FILTER_LESS:
        return order < 0;
    case FILTER_LESS_EQUAL:
        return order <= 0;
    case FILTER_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

bool row_filter_matches(const struct row_filter *filter, const void *row)
{
    struct value value = column_value(filter->column, row);
    bool matches;

    if (filter->operator== FILTER_EQUAL || filter->operator== FILTER_DIFFERENT)
        matches = value_matches(filter->text, &value) == (filter->operator== FILTER_EQUAL);
    else
        matches = number_matches(filter, &value);
    value_release(&value);
    return matches;
}

int row_sort_check(const struct column_table *table, const struct string_list *keys,
                   struct error **error)
{
    const struct column *column;

    for (size_t i = 0; i < keys->count; i++)
        if (column_lookup(table, keys->items[i] + (keys->items[i][0] == '-'), &column, error) < 0)
            return -1;
    return 0;
}

struct sort_row {
    const void *row;
    size_t position;      /* before sorting: what keeps the sort stable */
    struct value *values; /* one per key */
};

static int compare_rows(const void *a, const void *b, void *context)
{
    const struct sort_row *row_a = a, *row_b = b;
    const struct string_list *keys = context;

    for (size_t i = 0; i < keys->count; i++) {
        int order = value_compare(&row_a->values[i], &row_b->values[i]);

        if (order)
            return keys->items[i][0] == '-' ? -order : order;
    }
    return (row_a->position > row_b->position) - (row_a->position < row_b->position);
}

static struct value *sort_values(const struct column_table *table, const struct string_list *keys,
                                 const void *row)
{
    struct value *values = xcalloc(keys->count, sizeof(*values));

    for (size_t i = 0; i < keys->count; i++)
        values[i] =
            column_value(column_find(table, keys->items[i] + (keys->items[i][0] == '-')), row);
    return values;
}

void rows_sort(const struct column_table *table, const struct string_list *keys, const void **rows,
               size_t count)
{
    auto_free struct sort_row *sorted = xcalloc(count, sizeof(*sorted));

    if (!keys->count)
        return;
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct sort_row){ rows[i], i, sort_values(table, keys, rows[i]) };
    qsort_r(sorted, count, sizeof(*sorted), compare_rows, (void *)(uintptr_t)keys);
    for (size_t i = 0; i < count; i++) {
        rows[i] = sorted[i].row;
        for (size_t key = 0; key < keys->count; key++)
            value_release(&sorted[i].values[key]);
        free(sorted[i].values);
    }
}
