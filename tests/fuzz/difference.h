/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where xn means to read the configuration language otherwise than xl; see xn.cfg(5). */
#ifndef XN_TESTS_DIFFERENCE_H
#define XN_TESTS_DIFFERENCE_H

#include <stddef.h>

#include "base/str.h"

/* Appends to *ret the same configuration in the words that xl understands: what xl would have to
 * read as xn reads the original. text holds no NUL. */
void difference_translate(const char *text, size_t length, struct str *ret);

/* Why xn refuses a translated text that xl reads; NULL when it should not. */
const char *difference_refusal(const char *text, size_t length);

#endif
