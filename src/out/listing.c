/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From rows and output options to the text on stdout; see listing.h. */
#include "out/listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "out/json.h"
#include "out/select.h"
#include "out/table.h"

/* Columns in the order in which they are shown. */
struct choice {
    const struct column **columns;
    size_t count;
};

static void choice_release(struct choice *choice)
{
    free(choice->columns);
}
#define auto_choice __attribute__((cleanup(choice_release))) struct choice

static void choose_column(struct choice *choice, const struct column *column)
{
    choice->columns = xreallocarray(choice->columns, choice->count + 1, sizeof(*choice->columns));
    choice->columns[choice->count++] = column;
}

static void choose_all(struct choice *choice, const struct column_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        choose_column(choice, &table->columns[i]);
}

static int choose_keys(struct choice *choice, const struct column_table *table,
                       const struct string_list *keys, struct error **error);

static int choose_defaults(struct choice *choice, const struct column_table *table,
                           struct error **error)
{
    auto_string_list keys = STRING_LIST_INIT;

    string_list_split(&keys, table->defaults, ',');
    return choose_keys(choice, table, &keys, error);
}

static int choose_keys(struct choice *choice, const struct column_table *table,
                       const struct string_list *keys, struct error **error)
{
    for (size_t i = 0; i < keys->count; i++) {
        const struct column *column = column_find(table, keys->items[i]);

        if (column) { /* also one that is called 'default' */
            choose_column(choice, column);
        } else if (strcmp(keys->items[i], "all") == 0) {
            choose_all(choice, table);
        } else if (strcmp(keys->items[i], "default") == 0) {
            if (choose_defaults(choice, table, error) < 0)
                return -1;
        } else if (column_lookup(table, keys->items[i], &column, error) < 0) {
            return -1;
        } else {
            choose_column(choice, column);
        }
    }
    return 0;
}

static bool uses_xl_layout(const struct listing *listing, const struct output_options *options)
{
    return listing->xl_count && !options->columns.count &&
           (options->format == FORMAT_DEFAULT || options->format == FORMAT_TABLE);
}

static int choose(const struct listing *listing, const struct output_options *options,
                  struct choice *choice, struct error **error)
{
    if (options->columns.count)
        return choose_keys(choice, listing->table, &options->columns, error);
    if (options->format == FORMAT_JSON) {
        choose_all(choice, listing->table);
        return 0;
    }
    return choose_defaults(choice, listing->table, error);
}

/* The rows that all filters let through, in their order; the caller frees the array. */
static int filter_rows(const struct listing *listing, const struct string_list *filters,
                       const void ***ret_rows, size_t *ret_count, struct error **error)
{
    auto_free const void **rows = xcalloc(listing->count, sizeof(*rows));
    size_t count = listing->count;

    for (size_t i = 0; i < count; i++)
        rows[i] = listing->rows[i];
    for (size_t i = 0; i < filters->count; i++) {
        struct row_filter filter;
        size_t kept = 0;

        if (row_filter_parse(listing->table, filters->items[i], &filter, error) < 0)
            return -1;
        for (size_t row = 0; row < count; row++)
            if (row_filter_matches(&filter, rows[row]))
                rows[kept++] = rows[row];
        row_filter_release(&filter);
        count = kept;
    }
    *ret_rows = TAKE(rows);
    *ret_count = count;
    return 0;
}

static void add_rows(const struct view *view, row_details *details, struct json *json)
{
    json_array_begin(json);
    for (size_t row = 0; row < view->row_count; row++) {
        json_object_begin(json);
        for (size_t i = 0; i < view->column_count; i++) {
            struct value value = column_value(view->columns[i], view->rows[row]);

            json_key(json, view->columns[i]->key);
            json_value(json, &value);
            value_release(&value);
        }
        if (details)
            details(json, view->rows[row]);
        json_object_end(json);
    }
    json_array_end(json);
}

static void add_json(const struct column_table *table, const struct view *view, struct str *text)
{
    struct json *json = json_new();

    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    json_key(json, table->noun);
    add_rows(view, NULL, json);
    json_object_end(json);
    str_add(text, json_result(json));
    json_free(json);
}

static void add_view(const struct listing *listing, const struct output_options *options,
                     const struct view *view, struct str *text)
{
    if (options->format == FORMAT_JSON)
        add_json(listing->table, view, text);
    else if (options->format == FORMAT_CSV)
        table_add_csv(view, text);
    else if (uses_xl_layout(listing, options))
        table_add_xl(listing->xl_columns, listing->xl_count, view, text);
    else
        table_add_aligned(view, text);
}

/* Columns and rows as the user wants them; view refers to choice and to *ret_rows, which the caller
 * frees. */
static int prepare(const struct listing *listing, const struct output_options *options,
                   struct choice *choice, const void ***ret_rows, struct view *view,
                   struct error **error)
{
    size_t count;

    if (choose(listing, options, choice, error) < 0 ||
        row_sort_check(listing->table, &options->sort, error) < 0 ||
        filter_rows(listing, &options->filters, ret_rows, &count, error) < 0)
        return -1;
    rows_sort(listing->table, &options->sort, *ret_rows, count);
    *view = (struct view){ choice->columns, choice->count, *ret_rows, count, !options->no_header };
    return 0;
}

int listing_add_rows(const struct listing *listing, const struct output_options *options,
                     row_details *details, struct json *json, struct error **error)
{
    auto_choice choice = { NULL, 0 };
    auto_free const void **rows = NULL;
    struct view view;

    if (prepare(listing, options, &choice, &rows, &view, error) < 0)
        return -1;
    json_key(json, listing->table->noun);
    add_rows(&view, options->columns.count ? NULL : details, json);
    return 0;
}

int listing_print(const struct listing *listing, const struct output_options *options, FILE *out,
                  struct error **error)
{
    auto_choice choice = { NULL, 0 };
    auto_free const void **rows = NULL;
    auto_str text = STR_INIT;
    struct view view;

    if (prepare(listing, options, &choice, &rows, &view, error) < 0)
        return -1;
    add_view(listing, options, &view, &text);
    return output_text(out, str_text(&text), text.length, error);
}

int listing_check(const struct column_table *table, const struct output_options *options,
                  struct error **error)
{
    auto_choice choice = { NULL, 0 };

    if (choose_keys(&choice, table, &options->columns, error) < 0)
        return error_wrap(error, "option '--columns'");
    if (row_sort_check(table, &options->sort, error) < 0)
        return error_wrap(error, "option '--sort'");
    for (size_t i = 0; i < options->filters.count; i++) {
        struct row_filter filter;

        if (row_filter_parse(table, options->filters.items[i], &filter, error) < 0)
            return error_wrap(error, "option '--filter'");
        row_filter_release(&filter);
    }
    return 0;
}

int output_text(FILE *out, const char *text, size_t length, struct error **error)
{
    if (fwrite(text, 1, length, out) == length && fflush(out) == 0)
        return 0;
    if (errno == EPIPE)
        return error_set(error, ERR_OUTPUT, "%s", "");
    return error_set_errno(error, ERR_OUTPUT, "cannot write the output");
}
