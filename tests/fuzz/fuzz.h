/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the fuzz targets of the configuration have in common. */
#ifndef XN_TESTS_FUZZ_H
#define XN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Called by libFuzzer; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads a configuration and ends the process when something about the outcome cannot be: an error
 * without a message, a place outside of its line, accepted settings without JSON. */
void fuzz_read(const char *text);

#endif
