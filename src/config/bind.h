/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storing the settings of keys that are bound to a field. */
#ifndef XN_CONFIG_BIND_H
#define XN_CONFIG_BIND_H

#include "config/build.h"

/* Stores every setting whose key is bound, and runs the builders of the others, once each and in the
 * order of the table. The type of the guest must be known. */
void build_all(struct build *build);
/* A list of strings, or one string, as a libxl_string_list; free with libxl_string_list_dispose. */
libxl_string_list make_string_list(const struct setting_value *value);

#endif
