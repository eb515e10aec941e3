/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The grammar:
 *
 *     document   = { [ assignment ] end } [ assignment ]
 *     assignment = name ( "=" | "+=" ) value
 *     value      = string | number | "[" { newline } [ value { "," value } [ "," ] ] "]"
 *     end        = newline | ";"
 *
 * with newlines allowed anywhere between the tokens of a list. After a mistake parsing goes on with
 * the next line; inside a list with the next line that looks like an assignment.
 */
#include "config/parser.h"

#include <string.h>

#include "base/mem.h"
#include "config/lexer.h"
#include "config/mistake.h"

/* After so many the file is something else. */
#define MISTAKES_MAX 20

struct parser {
    struct document *document;
    struct diagnostics *diagnostics;
    struct lexer lexer;
    struct token token; /* the next one */
    size_t previous_end;
    size_t first_diagnostic; /* of this source */
    unsigned mistakes;
    bool stop;
};

static void advance(struct parser *parser)
{
    parser->previous_end = parser->token.place.offset + parser->token.place.length;
    parser->token = lexer_next(&parser->lexer);
}

static bool accept(struct parser *parser, enum token_kind kind)
{
    if (parser->token.kind != kind)
        return false;
    advance(parser);
    return true;
}

/* One sentence about the token that does not fit. Python and binary files get one for all. */
static void complain(struct parser *parser, enum mistake mistake)
{
    if (parser->stop)
        return;
    parser->stop = parser->token.kind == TOKEN_BINARY || ++parser->mistakes >= MISTAKES_MAX;
    if (mistake_is_python(mistake, &parser->token)) {
        diagnostics_cut(parser->diagnostics, parser->first_diagnostic);
        mistake = MISTAKE_PYTHON;
        parser->stop = true;
    }
    mistake_report(mistake, &parser->token, parser->diagnostics);
}

static bool at_end(const struct parser *parser)
{
    return parser->stop || parser->token.kind == TOKEN_END;
}

static void skip_line(struct parser *parser)
{
    while (!at_end(parser) && parser->token.kind != TOKEN_NEWLINE)
        advance(parser);
}

/* Decodes the escapes of a string between its quotes. */
static void take_string(struct parser *parser, struct setting_value *value)
{
    const struct place *place = &parser->token.place;
    const char *text = place->source->text + place->offset;

    value->type = SETTING_STRING;
    value->plain = !memchr(text, '\\', place->length);
    if (value->plain)
        str_add_bytes(&value->text, text + 1, place->length - 2);
    else
        decode_escapes(place, &value->text, parser->diagnostics);
}

static bool take_value(struct parser *parser, unsigned depth, struct setting_value *value);

static void skip_newlines(struct parser *parser)
{
    while (accept(parser, TOKEN_NEWLINE))
        ;
}

/* Whether the line at the next token is "name =": then the list before it was not closed. */
static bool at_assignment(const struct parser *parser)
{
    struct lexer ahead = parser->lexer;
    struct token next;

    if (parser->token.kind != TOKEN_NAME)
        return false;
    next = lexer_next(&ahead);
    return next.kind == TOKEN_ASSIGN || next.kind == TOKEN_APPEND;
}

static bool unclosed_list(struct parser *parser, const struct place *open)
{
    struct token bracket = { TOKEN_OPEN, *open };

    if (!parser->stop)
        mistake_report(MISTAKE_UNCLOSED_LIST, &bracket, parser->diagnostics);
    parser->stop |= ++parser->mistakes >= MISTAKES_MAX;
    return false;
}

/* Leaves the list that a mistake is in: behind its bracket, or at the next assignment. */
static bool leave_list(struct parser *parser)
{
    unsigned depth = 1;

    while (!at_end(parser) && depth > 0 && !at_assignment(parser)) {
        depth += parser->token.kind == TOKEN_OPEN;
        depth -= parser->token.kind == TOKEN_CLOSE;
        advance(parser);
    }
    return false;
}

/* Between two items: true when another item may follow. */
static bool take_separator(struct parser *parser)
{
    skip_newlines(parser);
    if (accept(parser, TOKEN_COMMA)) {
        skip_newlines(parser);
        return true;
    }
    return false;
}

static bool take_list(struct parser *parser, unsigned depth, struct setting_value *list)
{
    struct place open = parser->token.place;

    list->type = SETTING_LIST;
    advance(parser);
    skip_newlines(parser);
    while (parser->token.kind != TOKEN_CLOSE) {
        struct setting_value item = { .type = SETTING_STRING };

        if (at_end(parser) || at_assignment(parser))
            return unclosed_list(parser, &open);
        if (!take_value(parser, depth + 1, &item)) {
            setting_value_release(&item);
            return leave_list(parser);
        }
        setting_value_add(list, &item);
        if (take_separator(parser) || parser->token.kind == TOKEN_CLOSE)
            continue;
        if (at_end(parser) || at_assignment(parser))
            return unclosed_list(parser, &open);
        complain(parser, MISTAKE_IN_LIST);
        if (parser->token.kind != TOKEN_STRING && parser->token.kind != TOKEN_NUMBER)
            return leave_list(parser);
    }
    advance(parser);
    list->place = open;
    list->place.length = parser->previous_end - open.offset;
    return true;
}

/* A word that touches the number before it belongs to it for the reader: 64m, 1.5, 0xFF. */
static bool number_ends(struct parser *parser)
{
    if (parser->token.place.offset != parser->previous_end ||
        (parser->token.kind != TOKEN_NAME && parser->token.kind != TOKEN_WORD &&
         parser->token.kind != TOKEN_SIGN))
        return true;
    complain(parser, MISTAKE_AFTER_NUMBER);
    return false;
}

static bool take_number(struct parser *parser, struct setting_value *value)
{
    const struct place *place = &parser->token.place;

    value->type = SETTING_NUMBER;
    value->plain = true;
    str_add_bytes(&value->text, place->source->text + place->offset, place->length);
    advance(parser);
    return number_ends(parser);
}

static bool count_value(struct parser *parser)
{
    if (parser->document->values++ < DOCUMENT_VALUES_MAX)
        return true;
    complain(parser, MISTAKE_TOO_MANY);
    parser->stop = true;
    return false;
}

/* False after a mistake, which was reported. */
static bool take_value(struct parser *parser, unsigned depth, struct setting_value *value)
{
    value->place = parser->token.place;
    if (!count_value(parser))
        return false;
    switch (parser->token.kind) {
    case TOKEN_STRING:
        take_string(parser, value);
        advance(parser);
        return true;
    case TOKEN_NUMBER:
        return take_number(parser, value);
    case TOKEN_OPEN:
        if (depth < DOCUMENT_DEPTH_MAX)
            return take_list(parser, depth, value);
        complain(parser, MISTAKE_TOO_DEEP);
        parser->stop = true;
        return false;
    default:
        complain(parser, MISTAKE_IN_VALUE);
        return false;
    }
}

static void take_end(struct parser *parser)
{
    if (at_end(parser) || accept(parser, TOKEN_NEWLINE) || accept(parser, TOKEN_SEMICOLON))
        return;
    complain(parser, MISTAKE_AFTER_VALUE);
    skip_line(parser);
}

static void take_assignment(struct parser *parser)
{
    struct place name = parser->token.place;
    struct setting_value value = { .type = SETTING_STRING };
    bool append;

    advance(parser);
    append = parser->token.kind == TOKEN_APPEND;
    if (!append && parser->token.kind != TOKEN_ASSIGN) {
        complain(parser, MISTAKE_AFTER_NAME);
        skip_line(parser);
        return;
    }
    advance(parser);
    if (take_value(parser, 0, &value)) {
        take_end(parser);
        document_assign(parser->document, &name, append, &value, parser->diagnostics);
        return;
    }
    setting_value_release(&value);
    if (!at_assignment(parser))
        skip_line(parser);
}

static void warn_dos_lines(struct parser *parser)
{
    struct place place = { parser->lexer.source, parser->lexer.dos_line_at, 1 };
    struct diagnostic *diagnostic =
        diagnose(parser->diagnostics, SEVERITY_WARNING, "dos-line-ends", &place,
                 "lines end in CR LF, as on DOS and Windows; they are read as plain ones");

    diagnostic_hint(diagnostic, "xl refuses this file");
}

void parse_source(struct document *document, const struct source *source,
                  struct diagnostics *diagnostics)
{
    struct parser parser = { .document = document,
                             .diagnostics = diagnostics,
                             .first_diagnostic = diagnostics->count };

    if (mistake_binary_file(source, diagnostics))
        return;
    lexer_init(&parser.lexer, source);
    advance(&parser);
    while (!at_end(&parser)) {
        if (accept(&parser, TOKEN_NEWLINE) || accept(&parser, TOKEN_SEMICOLON))
            continue;
        if (parser.token.kind == TOKEN_NAME) {
            take_assignment(&parser);
            continue;
        }
        complain(&parser, MISTAKE_AT_START);
        skip_line(&parser);
    }
    if (parser.lexer.dos_lines && !parser.stop)
        warn_dos_lines(&parser);
}
