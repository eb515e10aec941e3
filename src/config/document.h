/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A parsed configuration: which names have which values, and where each of them was written.
 * It knows no key: meaning comes from the builders.
 */
#ifndef XN_CONFIG_DOCUMENT_H
#define XN_CONFIG_DOCUMENT_H

#include <stdbool.h>

#include "base/str.h"
#include "config/diagnostic.h"
#include "config/source.h"

/* More assignments and list items than this are refused: each costs memory. */
#define DOCUMENT_VALUES_MAX 65536
/* No key has lists deeper than two. */
#define DOCUMENT_DEPTH_MAX 32

struct config_key;

enum setting_type {
    SETTING_STRING, /* in quotes */
    SETTING_NUMBER, /* bare; what it is worth depends on the key, as for a string */
    SETTING_LIST,
};

struct setting_value {
    enum setting_type type;
    struct place place;
    struct str text; /* strings without quotes and escapes, numbers as written */
    bool plain;      /* text stands in the source byte for byte: value_place can point into it */
    struct setting_value *items; /* of a list */
    size_t count, capacity;
};

/* The effective value of one name. */
struct setting {
    char *name;
    struct place place; /* of the name, where the value was last set */
    struct setting_value value;
    bool appended; /* with += : a joined string is not a number any more */
    /* Filled when the value is checked against the key table: */
    const struct config_key *key; /* NULL: there is none of this name */
    bool refused;                 /* does not have the form that the key needs */
    bool is_number;               /* number, boolean or choice: its worth is in number */
    long number;
};

struct document {
    struct source **sources; /* owned; places point to them */
    size_t source_count;
    struct setting **settings; /* in the order of their first appearance */
    size_t count;
    struct setting **table; /* hashed by name; NULL: free */
    size_t table_size;
    size_t values; /* assignments and list items so far */
};

#define DOCUMENT_INIT                                                                              \
    {                                                                                              \
        NULL, 0, NULL, 0, NULL, 0, 0                                                               \
    }
#define auto_document __attribute__((cleanup(document_release))) struct document

void document_release(struct document *document);
/* The document owns the source from now on. */
struct source *document_add_source(struct document *document, struct source source);
/* NULL when the name was never set. */
struct setting *document_find(const struct document *document, const char *name);
/* Sets or, with append, lengthens the value of a name. Takes the value. */
void document_assign(struct document *document, const struct place *name, bool append,
                     struct setting_value *value, struct diagnostics *diagnostics);

void setting_value_release(struct setting_value *value);
/* Takes item. */
void setting_value_add(struct setting_value *list, struct setting_value *item);
/* The text of a string or number. */
const char *setting_text(const struct setting_value *value);
/* The place of length bytes of the text from offset on, or of the whole value where escapes moved
 * them. */
struct place setting_part(const struct setting_value *value, size_t offset, size_t length);

#endif
