/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the fuzz targets of the configuration have in common. */
#ifndef XN_TESTS_FUZZ_H
#define XN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Called by libFuzzer; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Called by libFuzzer where a target has one: changes data in place, whose new size it returns. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
/* libFuzzer's own mutations. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* Reads a configuration and ends the process when something about the outcome cannot be: an error
 * without a message, a place outside of its line, accepted settings without JSON. */
void fuzz_read(const char *text);

#endif
