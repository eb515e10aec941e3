/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cells of listings: setting, comparing, turning into text; see column.h. */
#include "base/column.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct column *column_find(const struct column_table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->columns[i].key, key) == 0)
            return &table->columns[i];
    return NULL;
}

void value_set_text(struct value *value, const char *text)
{
    value->type = text ? VALUE_TEXT : VALUE_NULL;
    value->text = text;
}

void value_take_text(struct value *value, char *text)
{
    value_set_text(value, text);
    value->owned = text;
}

void value_set_uint(struct value *value, uint64_t number)
{
    value->type = VALUE_UINT;
    value->uinteger = number;
}

void value_set_int(struct value *value, int64_t number)
{
    value->type = VALUE_INT;
    value->integer = number;
}

void value_set_float(struct value *value, double number)
{
    value->type = VALUE_FLOAT;
    value->number = number;
}

void value_set_bool(struct value *value, bool boolean)
{
    value->type = VALUE_BOOL;
    value->boolean = boolean;
}

void value_set_list(struct value *value, const struct string_list *list)
{
    value->type = VALUE_LIST;
    value->list = list;
}

void value_release(struct value *value)
{
    free(value->owned);
    *value = (struct value){ .type = VALUE_NULL };
}

struct value column_value(const struct column *column, const void *row)
{
    struct value value = { .type = VALUE_NULL };

    column->get(row, &value);
    return value;
}

void value_to_text(const struct value *value, struct str *text)
{
    switch (value->type) {
    case VALUE_NULL:
        break;
    case VALUE_BOOL:
        str_add(text, value->boolean ? "true" : "false");
        break;
    case VALUE_INT:
        str_addf(text, "%" PRId64, value->integer);
        break;
    case VALUE_UINT:
        str_addf(text, "%" PRIu64, value->uinteger);
        break;
    case VALUE_FLOAT:
        str_addf(text, "%.1f", value->number);
        break;
    case VALUE_TEXT:
        str_add(text, value->text);
        break;
    case VALUE_LIST:
        for (size_t i = 0; i < value->list->count; i++)
            str_addf(text, "%s%s", i ? "," : "", value->list->items[i]);
        break;
    }
}

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

static double value_number(const struct value *value)
{
    switch (value->type) {
    case VALUE_BOOL:
        return value->boolean;
    case VALUE_INT:
        return (double)value->integer;
    case VALUE_UINT:
        return (double)value->uinteger;
    case VALUE_FLOAT:
        return value->number;
    default:
        return 0;
    }
}

int value_compare(const struct value *a, const struct value *b)
{
    auto_str text_a = STR_INIT, text_b = STR_INIT;

    if (a->type == VALUE_NULL || b->type == VALUE_NULL)
        return (a->type != VALUE_NULL) - (b->type != VALUE_NULL);
    if (a->type == VALUE_UINT && b->type == VALUE_UINT)
        return (a->uinteger > b->uinteger) - (a->uinteger < b->uinteger);
    if (a->type == VALUE_INT && b->type == VALUE_INT)
        return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->type < VALUE_TEXT && b->type < VALUE_TEXT)
        return compare_numbers(value_number(a), value_number(b));
    value_to_text(a, &text_a);
    value_to_text(b, &text_b);
    return strcmp(str_text(&text_a), str_text(&text_b));
}
