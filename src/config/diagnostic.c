/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Collecting problems with their places, and writing them for people; see diagnostic.h. */
#include "config/diagnostic.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/source.h"

#define DIAGNOSTICS_MAX 100
/* In the error that is made of them. */
#define ERRORS_SHOWN 20
/* Characters of a line that are shown, and how many of them before the column. */
#define WINDOW        76
#define WINDOW_BEFORE 50

static void diagnostic_release(struct diagnostic *diagnostic)
{
    free(diagnostic->file);
    free(diagnostic->message);
    free(diagnostic->hint);
    free(diagnostic->excerpt);
}

void diagnostics_cut(struct diagnostics *diagnostics, size_t first)
{
    while (diagnostics->count > first) {
        struct diagnostic *last = &diagnostics->items[--diagnostics->count];

        if (last->severity == SEVERITY_ERROR)
            diagnostics->errors--;
        diagnostic_release(last);
    }
}

void diagnostics_release(struct diagnostics *diagnostics)
{
    diagnostics_cut(diagnostics, 0);
    free(diagnostics->items);
    *diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

/* Makes one character of the line visible; a tab becomes a blank so that the caret stays in line.
 */
static void show_character(struct str *shown, const char *bytes, size_t length)
{
    if (length == 1 && *bytes == '\t')
        str_add_char(shown, ' ');
    else
        str_add_printable(shown, bytes, length);
}

/* The number of columns that text takes on a terminal, near enough: characters. */
static unsigned count_characters(const char *text, size_t length)
{
    unsigned count = 0;

    for (size_t i = 0; i < length; count++) {
        size_t used = utf8_length(text + i, length - i);

        i += used ? used : 1;
    }
    return count;
}

/* Cuts a window out of the line and finds the caret's place and length in it. */
static void make_excerpt(struct diagnostic *diagnostic, const struct place *place)
{
    struct place line = place_line(place);
    const char *text = place->source->text + line.offset;
    unsigned skip = diagnostic->column > WINDOW_BEFORE ? diagnostic->column - WINDOW_BEFORE : 0;
    unsigned column = 0;
    size_t start = 0, mark = place->offset - line.offset, mark_end;
    auto_str shown = STR_INIT;

    mark_end = mark + place->length < line.length ? mark + place->length : line.length;
    if (skip)
        str_add(&shown, "...");
    for (size_t i = 0; i < line.length && column < skip + WINDOW; column++) {
        size_t used = utf8_length(text + i, line.length - i);

        used = used ? used : 1;
        if (i == mark)
            diagnostic->excerpt_column =
                1 + count_characters(shown.text ? shown.text : "", shown.length);
        if (i == mark)
            start = shown.length;
        if (column >= skip)
            show_character(&shown, text + i, used);
        i += used;
        if (i == mark_end && mark_end > mark)
            diagnostic->length = count_characters(shown.text + start, shown.length - start);
        if (column + 1 == skip + WINDOW && i < line.length)
            str_add(&shown, "...");
    }
    if (!diagnostic->excerpt_column) /* the end of the line */
        diagnostic->excerpt_column = 1 + count_characters(str_text(&shown), shown.length);
    diagnostic->excerpt = str_detach(&shown);
}

static void set_place(struct diagnostic *diagnostic, const struct place *place)
{
    diagnostic->length = 1;
    if (!place || !place->source)
        return;
    diagnostic->file = printable(place->source->name);
    if (place->offset > place->source->length)
        return;
    place_position(place, &diagnostic->line, &diagnostic->column);
    make_excerpt(diagnostic, place);
    if (diagnostic->length == 0)
        diagnostic->length = 1;
}

bool diagnostics_full(const struct diagnostics *diagnostics)
{
    return diagnostics->count >= DIAGNOSTICS_MAX;
}

/* Makes room for an error by dropping the last warning. */
static bool evict_warning(struct diagnostics *diagnostics)
{
    for (size_t i = diagnostics->count; i-- > 0;) {
        if (diagnostics->items[i].severity != SEVERITY_WARNING)
            continue;
        diagnostic_release(&diagnostics->items[i]);
        memmove(&diagnostics->items[i], &diagnostics->items[i + 1],
                (--diagnostics->count - i) * sizeof(*diagnostics->items));
        diagnostics->dropped++;
        return true;
    }
    return false;
}

struct diagnostic *diagnose(struct diagnostics *diagnostics, enum severity severity,
                            const char *code, const struct place *place, const char *format, ...)
{
    struct diagnostic *diagnostic;
    auto_free char *message = NULL;
    va_list args;

    if (diagnostics_full(diagnostics) &&
        (severity != SEVERITY_ERROR || !evict_warning(diagnostics))) {
        diagnostics->dropped++;
        diagnostics->errors += severity == SEVERITY_ERROR;
        return NULL;
    }
    if (!diagnostics->items)
        diagnostics->items = xcalloc(DIAGNOSTICS_MAX, sizeof(*diagnostics->items));
    diagnostic = &diagnostics->items[diagnostics->count++];
    *diagnostic = (struct diagnostic){ .severity = severity, .code = code };
    diagnostics->errors += severity == SEVERITY_ERROR;
    va_start(args, format);
    message = xvasprintf(format, args);
    va_end(args);
    diagnostic->message = printable(message);
    set_place(diagnostic, place);
    return diagnostic;
}

void diagnostic_hint(struct diagnostic *diagnostic, const char *format, ...)
{
    auto_free char *hint = NULL;
    va_list args;

    if (!diagnostic)
        return;
    va_start(args, format);
    hint = xvasprintf(format, args);
    va_end(args);
    free(diagnostic->hint);
    diagnostic->hint = printable(hint);
}

static bool same_file(const struct diagnostic *a, const struct diagnostic *b)
{
    return a->file == b->file || (a->file && b->file && strcmp(a->file, b->file) == 0);
}

static bool stands_before(const struct diagnostic *a, const struct diagnostic *b)
{
    return a->line < b->line || (a->line == b->line && a->column < b->column);
}

/* There are a hundred at most, and those of one file mostly stand in order. */
void diagnostics_sort(struct diagnostics *diagnostics, size_t first)
{
    struct diagnostic *items = diagnostics->items;

    for (size_t i = first + 1; i < diagnostics->count; i++) {
        struct diagnostic moved = items[i];
        size_t at = i, last = i;

        while (last > first && !same_file(&items[last - 1], &moved))
            last--;
        for (at = last; at > first && same_file(&items[at - 1], &moved) &&
                        stands_before(&moved, &items[at - 1]);)
            at--;
        if (last == first)
            continue;
        memmove(&items[at + 1], &items[at], (i - at) * sizeof(*items));
        items[at] = moved;
    }
}

static void add_location(const struct diagnostic *diagnostic, struct str *text)
{
    if (!diagnostic->file)
        return;
    str_add(text, diagnostic->file);
    if (diagnostic->line)
        str_addf(text, ":%u:%u", diagnostic->line, diagnostic->column);
    str_add(text, ": ");
}

void diagnostic_sentence(const struct diagnostic *diagnostic, struct str *text)
{
    add_location(diagnostic, text);
    if (diagnostic->severity == SEVERITY_WARNING)
        str_add(text, "warning: ");
    str_add(text, diagnostic->message);
    if (diagnostic->hint)
        str_addf(text, "; %s", diagnostic->hint);
}

/* The offending line with a caret under it, each with prefix and a newline. */
static void add_excerpt(const struct diagnostic *diagnostic, const char *prefix, struct str *text)
{
    if (!diagnostic->excerpt || !*diagnostic->excerpt)
        return;
    str_addf(text, "%s    %s\n%s    ", prefix, diagnostic->excerpt, prefix);
    str_add_repeat(text, ' ', diagnostic->excerpt_column - 1);
    str_add_char(text, '^');
    str_add_repeat(text, '~', diagnostic->length - 1);
    str_add_char(text, '\n');
}

void diagnostic_format(const struct diagnostic *diagnostic, const char *prefix, struct str *text)
{
    str_add(text, prefix);
    diagnostic_sentence(diagnostic, text);
    str_add_char(text, '\n');
    add_excerpt(diagnostic, prefix, text);
}

/* The next error from index on; count when there is none. */
static size_t next_error(const struct diagnostics *diagnostics, size_t index)
{
    while (index < diagnostics->count && diagnostics->items[index].severity != SEVERITY_ERROR)
        index++;
    return index;
}

int diagnostics_to_error(const struct diagnostics *diagnostics, enum error_code code,
                         struct error **error)
{
    auto_str sentence = STR_INIT, detail = STR_INIT;
    size_t index = next_error(diagnostics, 0), shown = 1;

    if (index == diagnostics->count) /* cannot be: an error is always kept */
        return error_set(error, code, "the configuration has errors");
    diagnostic_sentence(&diagnostics->items[index], &sentence);
    error_set(error, code, "%s", str_text(&sentence));
    add_excerpt(&diagnostics->items[index], "", &detail);
    while ((index = next_error(diagnostics, index + 1)) < diagnostics->count &&
           shown < ERRORS_SHOWN) {
        diagnostic_format(&diagnostics->items[index], "", &detail);
        shown++;
    }
    if (diagnostics->errors > shown)
        str_addf(&detail, "and %zu more error%s", diagnostics->errors - shown,
                 diagnostics->errors == shown + 1 ? "" : "s");
    return error_detail(error, str_text(&detail));
}
