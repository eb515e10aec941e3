/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words of the configuration language. Knows no key and no Xen type. */
#ifndef XN_CONFIG_LEXER_H
#define XN_CONFIG_LEXER_H

#include <stdbool.h>

#include "config/source.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NEWLINE, /* also a comment up to its line end */
    TOKEN_SEMICOLON,
    TOKEN_NAME,     /* lower case: may be a key */
    TOKEN_WORD,     /* another bare word: True, My-Name, None */
    TOKEN_NUMBER,   /* digits and the letters of hexadecimal numbers */
    TOKEN_STRING,   /* with its quotes */
    TOKEN_UNCLOSED, /* a string that its line does not end */
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_ASSIGN,
    TOKEN_APPEND, /* += */
    TOKEN_SIGN,   /* a printable character that has no meaning here */
    TOKEN_BINARY, /* a byte that no text file has */
};

struct token {
    enum token_kind kind;
    struct place place;
};

struct lexer {
    const struct source *source;
    size_t at;
    bool dos_lines;     /* a CR LF was seen */
    size_t dos_line_at; /* the first of them */
};

/* Starts behind a byte order mark, if there is one. */
void lexer_init(struct lexer *lexer, const struct source *source);
struct token lexer_next(struct lexer *lexer);

#endif
