/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* SHA-256 (FIPS 180-4) of small things that are in memory. */
#ifndef XN_BASE_SHA256_H
#define XN_BASE_SHA256_H

#include <stddef.h>

/* In base 16, lower case, as sha256sum prints it, with a NUL. */
#define SHA256_TEXT_SIZE 65

void sha256_text(const void *bytes, size_t length, char text[SHA256_TEXT_SIZE]);

#endif
