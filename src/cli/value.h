/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Value kinds: what the words of a command line mean. One row each, shared by all commands. */
#ifndef XN_CLI_VALUE_H
#define XN_CLI_VALUE_H

#include "cli/spec.h"

/* "FILE", "DOMAIN", ...; NULL for kinds without a value. */
const char *value_kind_placeholder(enum value_kind kind);
/* "file", "domain", ...: the name of the kind in the dump of the interface. */
const char *value_kind_name(enum value_kind kind);
bool value_kind_takes_value(enum value_kind kind);
/* Parses text into the field of that kind. what names the option or argument for the error
 * ("option '--timeout'"). choices are those of KIND_WORD, else NULL. Kinds without a value ignore
 * text. Text fields point to text afterwards. ERR_USAGE. */
int value_parse(enum value_kind kind, const char *const *choices, const char *what,
                const char *text, void *field, struct error **error);
/* The same for a field that is a struct string_list: text is checked and a copy of it added. */
int value_append(enum value_kind kind, const char *const *choices, const char *what,
                 const char *text, struct string_list *list, struct error **error);

#endif
