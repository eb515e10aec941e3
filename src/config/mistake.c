/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Explaining syntax errors; see mistake.h. */
#include "config/mistake.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

/* The token as the user sees it, cut when it is long. The caller frees it. */
static char *token_text(const struct token *token)
{
    size_t length = token->place.length < 40 ? token->place.length : 40;
    auto_str text = STR_INIT;

    switch (token->kind) {
    case TOKEN_END:
        return xstrdup("the end");
    case TOKEN_NEWLINE:
        return xstrdup("the end of the line");
    default:
        str_add_char(&text, '\'');
        str_add_bytes(&text, token->place.source->text + token->place.offset, length);
        str_add(&text, length < token->place.length ? "...'" : "'");
        return str_detach(&text);
    }
}

static bool is_sign(const struct token *token, const char *signs)
{
    return token->kind == TOKEN_SIGN &&
           strchr(signs, token->place.source->text[token->place.offset]) != NULL;
}

static bool is_word(const struct token *token, const char *const *words)
{
    const char *text = token->place.source->text + token->place.offset;

    for (; *words; words++)
        if (strlen(*words) == token->place.length &&
            strncasecmp(text, *words, token->place.length) == 0)
            return true;
    return false;
}

static struct diagnostic *syntax(struct diagnostics *diagnostics, const struct token *token,
                                 const char *message)
{
    return diagnose(diagnostics, SEVERITY_ERROR, "syntax", &token->place, "%s", message);
}

static void report_bare_word(const struct token *token, struct diagnostics *diagnostics)
{
    static const char *const yes[] = { "true", "yes", "on", NULL };
    static const char *const no[] = { "false", "no", "off", "none", NULL };
    auto_free char *text = token_text(token);
    struct diagnostic *diagnostic;

    diagnostic = diagnose(diagnostics, SEVERITY_ERROR, "bare-word", &token->place,
                          "%s stands without quotes", text);
    if (is_word(token, yes))
        diagnostic_hint(diagnostic, "write 1 for yes");
    else if (is_word(token, no))
        diagnostic_hint(diagnostic, "write 0 for no, or leave the key out");
    else
        diagnostic_hint(diagnostic, "write it as \"%.*s\"", (int)strlen(text) - 2, text + 1);
}

/* The word around the token, from the number before it on: 64m, 1.5G. */
static struct place whole_word(const struct place *place)
{
    const char *text = place->source->text;
    size_t start = place->offset, end = place->offset + place->length;

    while (start > 0 && isxdigit((unsigned char)text[start - 1]))
        start--;
    while (end - start < 40 && (isalnum((unsigned char)text[end]) || text[end] == '.'))
        end++;
    return (struct place){ place->source, start, end - start };
}

static void report_after_number(const struct token *token, struct diagnostics *diagnostics)
{
    struct place word = whole_word(&token->place);
    struct diagnostic *diagnostic =
        diagnose(diagnostics, SEVERITY_ERROR, "syntax", &word, "'%.*s' is not a number",
                 (int)word.length, word.source->text + word.offset);

    diagnostic_hint(diagnostic, "numbers have no unit or fraction (memory is in MiB), and text "
                                "stands in quotes");
}

static void report_start(const struct token *token, struct diagnostics *diagnostics)
{
    auto_free char *text = token_text(token);
    struct diagnostic *diagnostic;

    if (token->kind == TOKEN_CLOSE) {
        syntax(diagnostics, token, "']' closes a list that was not opened");
        return;
    }
    if (token->kind == TOKEN_ASSIGN || token->kind == TOKEN_APPEND) {
        syntax(diagnostics, token, "the key before '=' is missing");
        return;
    }
    diagnostic = diagnose(diagnostics, SEVERITY_ERROR, "syntax", &token->place,
                          "expected a key, not %s", text);
    if (token->kind == TOKEN_WORD)
        diagnostic_hint(diagnostic, "keys have only lower-case letters, digits, '.' and '_'");
    else if (is_sign(token, "/"))
        diagnostic_hint(diagnostic, "a comment starts with '#'");
    else if (is_sign(token, "{$%@<"))
        diagnostic_hint(diagnostic, "is this a template that was not filled in?");
}

static void report_after_name(const struct token *token, struct diagnostics *diagnostics)
{
    auto_free char *text = token_text(token);
    struct diagnostic *diagnostic = diagnose(diagnostics, SEVERITY_ERROR, "syntax", &token->place,
                                             "expected '=' after the key, not %s", text);

    if (is_sign(token, ":"))
        diagnostic_hint(diagnostic, "write key = value");
}

static void report_value(const struct token *token, struct diagnostics *diagnostics)
{
    auto_free char *text = token_text(token);
    struct diagnostic *diagnostic;

    switch (token->kind) {
    case TOKEN_NAME:
    case TOKEN_WORD:
        report_bare_word(token, diagnostics);
        return;
    case TOKEN_UNCLOSED:
        diagnostic = syntax(diagnostics, token, "the string is not closed on its line");
        diagnostic_hint(diagnostic, "a line break in a string is written \\n");
        return;
    case TOKEN_ASSIGN:
        syntax(diagnostics, token, "one '=' is enough");
        return;
    default:
        break;
    }
    diagnostic = diagnose(diagnostics, SEVERITY_ERROR, "syntax", &token->place,
                          "expected a value, not %s", text);
    if (is_sign(token, "-"))
        diagnostic_hint(diagnostic, "a number with a sign stands in quotes, \"-1\"");
    else if (is_sign(token, "{$%@<"))
        diagnostic_hint(diagnostic, "is this a template that was not filled in?");
    else if (token->kind == TOKEN_SIGN)
        diagnostic_hint(diagnostic, "text stands in quotes");
}

static void report_after_value(const struct token *token, struct diagnostics *diagnostics)
{
    auto_free char *text = token_text(token);
    struct diagnostic *diagnostic =
        diagnose(diagnostics, SEVERITY_ERROR, "syntax", &token->place,
                 "expected the end of the line after the value, not %s", text);

    if (token->kind == TOKEN_STRING || token->kind == TOKEN_UNCLOSED)
        diagnostic_hint(diagnostic, "a quote inside a string is written \\\"");
    else if (token->kind == TOKEN_COMMA)
        diagnostic_hint(diagnostic, "a list stands in brackets, [ \"a\", \"b\" ]");
    else if (token->kind == TOKEN_CLOSE)
        diagnostic_hint(diagnostic, "there is no '[' for it");
    else
        diagnostic_hint(diagnostic, "';' or a new line separates two settings");
}

static void report_in_list(const struct token *token, struct diagnostics *diagnostics)
{
    auto_free char *text = token_text(token);

    if (token->kind == TOKEN_STRING || token->kind == TOKEN_NUMBER)
        diagnose(diagnostics, SEVERITY_ERROR, "syntax", &token->place, "',' is missing before %s",
                 text);
    else
        diagnose(diagnostics, SEVERITY_ERROR, "syntax", &token->place,
                 "expected ',' or ']' in the list, not %s", text);
}

static void report_python(const struct token *token, struct diagnostics *diagnostics)
{
    struct diagnostic *diagnostic =
        diagnose(diagnostics, SEVERITY_ERROR, "python", &token->place,
                 "this is old xm syntax: a program in Python, which xl and xn do not run");

    diagnostic_hint(diagnostic, "write plain values: key = \"text\", key = 5, key = [ \"a\" ]");
}

void mistake_report(enum mistake mistake, const struct token *token,
                    struct diagnostics *diagnostics)
{
    struct diagnostic *diagnostic;

    if (token->kind == TOKEN_BINARY) {
        diagnose(diagnostics, SEVERITY_ERROR, "binary", &token->place,
                 "the byte \\x%02x has no place in a configuration file",
                 (unsigned char)token->place.source->text[token->place.offset]);
        return;
    }
    switch (mistake) {
    case MISTAKE_AT_START:
        report_start(token, diagnostics);
        break;
    case MISTAKE_AFTER_NAME:
        report_after_name(token, diagnostics);
        break;
    case MISTAKE_IN_VALUE:
        report_value(token, diagnostics);
        break;
    case MISTAKE_AFTER_NUMBER:
        report_after_number(token, diagnostics);
        break;
    case MISTAKE_AFTER_VALUE:
        report_after_value(token, diagnostics);
        break;
    case MISTAKE_IN_LIST:
        report_in_list(token, diagnostics);
        break;
    case MISTAKE_UNCLOSED_LIST:
        diagnostic = syntax(diagnostics, token, "the list is not closed");
        diagnostic_hint(diagnostic, "its ']' is missing");
        break;
    case MISTAKE_TOO_MANY:
        syntax(diagnostics, token, "the configuration has too many values");
        break;
    case MISTAKE_TOO_DEEP:
        syntax(diagnostics, token, "the lists are nested too deep");
        break;
    case MISTAKE_PYTHON:
        report_python(token, diagnostics);
        break;
    }
}

/* The first word of the line decides for statements; operators and calls show expressions. */
bool mistake_is_python(enum mistake mistake, const struct token *token)
{
    static const char *const statements[] = { "import ", "from ",   "def ",   "if ",  "elif ",
                                              "else:",   "for ",    "while ", "try:", "print ",
                                              "print(",  "return ", "class ", "with " };
    struct place line = place_line(&token->place);
    const char *text = token->place.source->text + line.offset;

    while (*text == ' ' || *text == '\t')
        text++;
    if (mistake == MISTAKE_AT_START || mistake == MISTAKE_AFTER_NAME)
        for (size_t i = 0; i < ARRAY_SIZE(statements); i++)
            if (starts_with(text, statements[i]))
                return true;
    return (mistake == MISTAKE_AFTER_VALUE && is_sign(token, "+%")) ||
           ((mistake == MISTAKE_IN_LIST || mistake == MISTAKE_AFTER_NAME) &&
            is_sign(token, "(%")) ||
           (mistake == MISTAKE_IN_VALUE && is_sign(token, "("));
}
