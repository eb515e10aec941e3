/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cutting configuration text into tokens; see lexer.h. */
#include "config/lexer.h"

#include <string.h>

#include "base/str.h"

void lexer_init(struct lexer *lexer, const struct source *source)
{
    *lexer = (struct lexer){ .source = source };
    if (source->length >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0)
        lexer->at = 3;
}

/* Not <ctype.h>: the language does not depend on the locale. */
static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return is_lower(c) || is_digit(c) || c == '.' || c == '_';
}

static bool is_word(char c)
{
    return is_name(c) || (c >= 'A' && c <= 'Z') || c == '-';
}

static bool is_number(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || c == 'x';
}

/* The text ends with a NUL, which belongs to no class. */
static size_t span(const char *text, bool (*belongs)(char))
{
    size_t length = 0;

    while (belongs(text[length]))
        length++;
    return length;
}

static void note_dos_line(struct lexer *lexer, size_t at)
{
    if (!lexer->dos_lines)
        lexer->dos_line_at = at;
    lexer->dos_lines = true;
}

static void skip_blanks(struct lexer *lexer)
{
    const char *text = lexer->source->text;

    for (;; lexer->at++) {
        if (text[lexer->at] == '\r' && text[lexer->at + 1] == '\n')
            note_dos_line(lexer, lexer->at);
        else if (text[lexer->at] != ' ' && text[lexer->at] != '\t')
            return;
    }
}

static struct token take(struct lexer *lexer, enum token_kind kind, size_t length)
{
    struct token token = { kind, { lexer->source, lexer->at, length } };

    lexer->at += length;
    return token;
}

/* From the # to behind the line end, or to the end of the text: no line end is needed there. */
static struct token take_comment(struct lexer *lexer)
{
    size_t left = lexer->source->length - lexer->at;
    const char *start = lexer->source->text + lexer->at;
    const char *end = memchr(start, '\n', left);

    if (end && end > start && end[-1] == '\r')
        note_dos_line(lexer, (size_t)(end - 1 - lexer->source->text));
    return take(lexer, TOKEN_NEWLINE, end ? (size_t)(end - start) + 1 : left);
}

static struct token take_string(struct lexer *lexer)
{
    const char *start = lexer->source->text + lexer->at;
    const char *end = lexer->source->text + lexer->source->length;
    const char *at = start + 1;

    while (at < end && *at != *start && *at != '\n')
        at += *at == '\\' && at + 1 < end && at[1] != '\n' ? 2 : 1;
    if (at < end && *at == *start)
        return take(lexer, TOKEN_STRING, (size_t)(at + 1 - start));
    if (at > start + 1 && at[-1] == '\r')
        at--;
    return take(lexer, TOKEN_UNCLOSED, (size_t)(at - start));
}

static struct token take_word(struct lexer *lexer)
{
    const char *text = lexer->source->text + lexer->at;
    size_t length = span(text, is_word), name = is_lower(*text) ? span(text, is_name) : 0;

    return take(lexer, name == length ? TOKEN_NAME : TOKEN_WORD, length);
}

static enum token_kind sign_kind(char sign)
{
    switch (sign) {
    case '\n':
        return TOKEN_NEWLINE;
    case ';':
        return TOKEN_SEMICOLON;
    case '[':
        return TOKEN_OPEN;
    case ']':
        return TOKEN_CLOSE;
    case ',':
        return TOKEN_COMMA;
    case '=':
        return TOKEN_ASSIGN;
    default:
        return TOKEN_SIGN;
    }
}

struct token lexer_next(struct lexer *lexer)
{
    const char *text = lexer->source->text;
    size_t left;
    char c;

    skip_blanks(lexer);
    left = lexer->source->length - lexer->at;
    c = text[lexer->at];
    if (left == 0)
        return take(lexer, TOKEN_END, 0);
    if (c == '#')
        return take_comment(lexer);
    if (c == '\'' || c == '"')
        return take_string(lexer);
    if (is_digit(c))
        return take(lexer, TOKEN_NUMBER, span(text + lexer->at, is_number));
    if (is_word(c) && c != '-' && c != '.')
        return take_word(lexer);
    if (c == '+' && text[lexer->at + 1] == '=')
        return take(lexer, TOKEN_APPEND, 2);
    if ((unsigned char)c >= 0x80 && utf8_length(text + lexer->at, left))
        return take(lexer, TOKEN_SIGN, utf8_length(text + lexer->at, left));
    if (((unsigned char)c < 0x20 && c != '\n') || (unsigned char)c >= 0x7f)
        return take(lexer, TOKEN_BINARY, 1);
    return take(lexer, sign_kind(c), 1);
}
