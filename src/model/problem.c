/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of problems; see problem.h. */
#include "model/problem.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void release(struct problem *problem)
{
    free(problem->check);
    free(problem->where);
    free(problem->message);
    free(problem->hint);
}

void problem_list_release(struct problem_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        release(&list->items[i]);
    free(list->items);
    *list = (struct problem_list){ NULL, 0 };
}

void problem_add(struct problem_list *list, bool warning, const char *check, const char *where,
                 const char *hint, const char *format, ...)
{
    auto_free char *raw = NULL;
    va_list args;

    va_start(args, format);
    raw = xvasprintf(format, args);
    va_end(args);
    list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = (struct problem){
        .check = printable(check),
        .where = printable(where),
        .message = printable(raw),
        .hint = printable(hint),
        .warning = warning,
    };
}

void problem_skip(struct problem_list *list, const struct string_list *names)
{
    bool all = string_list_has(names, "all");
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (all || string_list_has(names, list->items[i].check))
            release(&list->items[i]);
        else
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

int problem_refuse(const struct problem_list *list, struct error **error)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        count += !list->items[i].warning;
    if (count == 0)
        return 0;
    if (count == 1)
        error_set(error, ERR_REFUSED, "a check failed; nothing was touched");
    else
        error_set(error, ERR_REFUSED, "%zu checks failed; nothing was touched", count);
    for (size_t i = 0; i < list->count; i++) {
        const struct problem *problem = &list->items[i];
        auto_free char *line =
            xasprintf("%s (%s): %s%s%s", problem->check, problem->where, problem->message,
                      problem->hint ? "; " : "", problem->hint ? problem->hint : "");

        if (!problem->warning)
            error_detail(error, line);
    }
    return error_hint(error, "'--skip-check NAME' passes over a check, at your own risk");
}

#define PROBLEM(row) ((const struct problem *)(row))

static void get_check(const void *row, struct value *value)
{
    value_set_text(value, PROBLEM(row)->check);
}

static void get_severity(const void *row, struct value *value)
{
    value_set_text(value, PROBLEM(row)->warning ? "warning" : "error");
}

static void get_where(const void *row, struct value *value)
{
    value_set_text(value, PROBLEM(row)->where);
}

static void get_message(const void *row, struct value *value)
{
    value_set_text(value, PROBLEM(row)->message);
}

static void get_hint(const void *row, struct value *value)
{
    value_set_text(value, PROBLEM(row)->hint);
}

static const struct column columns[] = {
    { .key = "check",
      .title = "CHECK",
      .type = VALUE_TEXT,
      .get = get_check,
      .help = "name of the check, for --skip-check" },
    { .key = "severity",
      .title = "SEVERITY",
      .type = VALUE_TEXT,
      .get = get_severity,
      .help = "'error' stands in the way, 'warning' does not" },
    { .key = "where",
      .title = "WHERE",
      .type = VALUE_TEXT,
      .get = get_where,
      .help = "'here', or the other host" },
    { .key = "message",
      .title = "MESSAGE",
      .type = VALUE_TEXT,
      .get = get_message,
      .help = "what is wrong" },
    { .key = "hint",
      .title = "HINT",
      .type = VALUE_TEXT,
      .get = get_hint,
      .help = "what to do about it" },
};

const struct column_table problem_columns = {
    .noun = "problems",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "check,severity,where,message",
};
