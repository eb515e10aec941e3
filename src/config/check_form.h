/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Comparing every setting with the row of its key. */
#ifndef XN_CONFIG_CHECK_FORM_H
#define XN_CONFIG_CHECK_FORM_H

#include "config/build.h"

/* Reports unknown, unavailable and deprecated keys and values of the wrong form, and marks these
 * settings as refused; reads numbers and choices. */
void check_form(struct build *build);
/* Warns of keys that mean nothing to the type of this guest, which must be known. */
void check_guest_types(struct build *build);

#endif
