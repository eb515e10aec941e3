/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storing the settings of keys that are bound to a field. */
#ifndef XN_CONFIG_BIND_H
#define XN_CONFIG_BIND_H

#include "config/build.h"

/* Stores every setting whose key is bound and then runs the builders. The type of the guest must be
 * known. */
void build_all(struct build *build);
/* Whether the builder of a row is one that is run. */
bool is_builder(void (*builder)(struct build *build));

/* A list of strings, or one string, as a libxl_string_list; free with libxl_string_list_dispose. */
libxl_string_list make_string_list(const struct setting_value *value);
/* Stores a number in a field of the type that the binding of numbers and choices says. */
void store_number_as(enum key_binding binding, long number, void *field);

#endif
